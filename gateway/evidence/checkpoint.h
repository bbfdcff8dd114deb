#ifndef TRACEGATE_GATEWAY_EVIDENCE_CHECKPOINT_H_
#define TRACEGATE_GATEWAY_EVIDENCE_CHECKPOINT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gateway/evidence/hash.h"

namespace tracegate {

// The size and root of a log, as text to be signed: https://c2sp.org/tlog-checkpoint.
//
//   registry.example/log
//   2
//   +sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=
struct Checkpoint {
  std::string origin;
  int64_t tree_size = 0;
  Hash root{};
};

// The note text, with its last newline.
std::string FormatCheckpoint(const Checkpoint& checkpoint);

// Reads a note's text. Extension lines after the third are passed over.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `checkpoint`.
absl::StatusOr<Checkpoint> ParseCheckpoint(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_CHECKPOINT_H_

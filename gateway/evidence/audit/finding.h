#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_FINDING_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate::audit {

// What is wrong in a log, and where.
struct Finding {
  enum class Kind { kEntry, kTile, kCheckpoint };

  Kind kind = Kind::kEntry;
  // Of entries: the one, or the range in which the one is. Of a checkpoint: its size in `first`, -1 where it has none.
  int64_t first = 0;
  int64_t last = 0;
  std::string tile;  // path
  std::string what;  // "has another content than its header commits to"
};

// For people: "entry 3 has another content than its header commits to".
std::string TextOf(const Finding& finding);

// What a check came to: nothing where all is sound; a status where it could not be carried out.
using Judgement = absl::StatusOr<std::optional<Finding>>;

inline bool Sound(const Judgement& judgement) { return judgement.ok() && !*judgement; }
inline Judgement NothingWrong() { return std::optional<Finding>(); }

Finding WrongEntry(int64_t index, std::string_view what);
Finding WrongEntries(int64_t first, int64_t last, std::string_view what);
Finding WrongTile(std::string_view path, std::string_view what);
Finding WrongCheckpoint(int64_t size, std::string_view what);

// A failure of a LogSource: damage is a finding at that place, anything else stays a status.
Judgement JudgementOf(const absl::Status& failure, Finding place);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_FINDING_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_LOG_PROOFS_H_
#define TRACEGATE_GATEWAY_EVIDENCE_LOG_PROOFS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/hash.h"
#include "gateway/evidence/log_view.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// Proofs of RFC 6962 section 2.1 about a log, for any two sizes that it ever had, from its tiles: a few tiles are read
// for each, however long the log.
//
// Thread safety: one thread at a time. Lifetime: `store` outlives it.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming the field of the request that is outside the log; DATA_LOSS
// (LOG_DAMAGED) where a tile is missing or torn; what the store itself reports is passed on.
class LogProofs {
 public:
  LogProofs(RecordStore* store, LogView view) : store_(store), view_(std::move(view)) {}

  // That the leaf stands at `leaf_index` in the tree of `tree_size`: from leaf to root.
  absl::StatusOr<std::vector<Hash>> Inclusion(int64_t leaf_index, int64_t tree_size);

  // That the tree of `to_size` begins with that of `from_size`; empty where the two are one, or the smaller is empty.
  absl::StatusOr<std::vector<Hash>> Consistency(int64_t from_size, int64_t to_size);

  // Root of the tree of that size.
  absl::StatusOr<Hash> Root(int64_t tree_size);

 private:
  // Root over the leaves [begin, end), which are a subtree of an RFC 6962 tree.
  absl::StatusOr<Hash> Range(int64_t begin, int64_t end);
  // Root of the full subtree of 2^level leaves that is the index-th of its level.
  absl::StatusOr<Hash> Subtree(int level, int64_t index);
  // The hashes of a tile as far as it is filled; good for the proof being made.
  absl::StatusOr<std::string_view> Tile(int level, int64_t index);

  RecordStore* const store_;
  const LogView view_;
  Hasher hasher_;
  std::map<std::pair<int, int64_t>, std::string> tiles_;  // read for the proof being made
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_LOG_PROOFS_H_

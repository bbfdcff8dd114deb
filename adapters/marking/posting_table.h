#ifndef TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_
#define TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace tracegate {

// Which rows are stored under a key: a table of hash buckets in three flat arrays, 6 bytes a
// posting. Two keys of one bucket are told apart by 8 more bits of their hashes, so a few rows of
// another key may come along.
//
// Thread safety: immutable once built; all methods may be called from any thread.
class PostingTable {
 public:
  // Calls back for each (hash, row) there is; must come to the same each time it is run. Rows ascend.
  using Postings = std::function<void(const std::function<void(uint64_t hash, uint32_t row)>&)>;

  // Rows under one key are ordered by `rank`, then as they came. Errors: RESOURCE_EXHAUSTED for
  // 2^32 postings or more.
  static absl::StatusOr<PostingTable> Build(const Postings& postings,
                                            const std::function<uint64_t(uint32_t row)>& rank);

  absl::Span<const uint32_t> Find(uint64_t hash) const;

  // Asks the processor for what Find will read.
  void Prefetch(uint64_t hash) const;

  size_t Bytes() const;

 private:
  uint64_t BucketOf(uint64_t hash) const { return hash & mask_; }
  void Sort(const std::function<uint64_t(uint32_t row)>& rank);

  uint64_t mask_ = 0;
  std::vector<uint32_t> starts_;  // of each bucket, and one past the last
  std::vector<uint32_t> rows_;
  std::vector<uint8_t> prints_;  // of the key that a row stands under; ascending in a bucket
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

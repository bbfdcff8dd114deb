#ifndef TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_
#define TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace tracegate {

// Which rows are stored under a key: a table of hash buckets in three flat arrays, 6.5 bytes a
// posting. Two keys of one bucket are told apart by 8 more bits of their hashes, so a few rows of
// another key may come along. A tag below 64 stands beside each row, whose meaning is the caller's.
//
// Thread safety: immutable once built; all methods may be called from any thread.
class PostingTable {
 public:
  using Take = std::function<void(uint64_t hash, uint8_t tag, uint32_t row)>;
  // Calls back for each posting there is; must come to the same each time it is run. Rows ascend.
  using Postings = std::function<void(const Take&)>;

  // Of one tag each, in the order of their ranks.
  using Runs = std::vector<absl::Span<const uint32_t>>;

  // Rows under one key are ordered by tag, those of one tag by `rank`, then as they came. Errors:
  // RESOURCE_EXHAUSTED for 2^32 postings or more.
  static absl::StatusOr<PostingTable> Build(const Postings& postings,
                                            const std::function<uint64_t(uint32_t row)>& rank);

  // The rows under the key whose tags `tags` has: bit n for tag n.
  Runs Find(uint64_t hash, uint64_t tags) const;

  // Ask the processor for what Find will read: where the bucket is, then, of who waited for that, what
  // is in it.
  void PrefetchBucket(uint64_t hash) const;
  void PrefetchRows(uint64_t hash) const;

  size_t Bytes() const;

 private:
  uint64_t BucketOf(uint64_t hash) const { return hash & mask_; }
  void Sort(const std::function<uint64_t(uint32_t row)>& rank);

  uint64_t mask_ = 0;
  std::vector<uint32_t> starts_;  // of each bucket, and one past the last
  std::vector<uint32_t> rows_;
  // Of each row: 8 bits of the hash of the key that it stands under, then its tag. Ascending in a
  // bucket.
  std::vector<uint16_t> labels_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

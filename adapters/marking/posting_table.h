#ifndef TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_
#define TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "adapters/marking/serial_keys.h"
#include "adapters/marking/weapon_group.h"

namespace tracegate {

// Which rows are stored under a key: a table of hash buckets in two flat arrays, 8.5 bytes a
// posting. Two keys of one bucket are told apart by 8 more bits of their hashes, so a few rows of
// another key may come along. The row's group stands beside it.
//
// Thread safety: immutable once built; all methods may be called from any thread.
class PostingTable {
 public:
  static constexpr int kRowBits = 28;

  struct Posting {
    StoredKey key;
    WeaponGroup group = 0;
    uint32_t row = 0;  // of kRowBits
  };
  using Take = std::function<void(const Posting&)>;
  // Calls back for each posting there is; must come to the same each time it is run.
  using Postings = std::function<void(const Take&)>;

  // A posting as it is kept, the row lowest.
  using Entry = uint64_t;
  static uint32_t RowOf(Entry entry) { return entry % (Entry{1} << kRowBits); }

  // Postings under a key that have left out the same, one at least, ordered by their groups.
  using Run = absl::Span<const Entry>;
  using Runs = absl::InlinedVector<Run, 8>;

  // Those of a run, or of a part of one.
  static Run OfGroups(Run run, WeaponGroups groups);

  // Errors: RESOURCE_EXHAUSTED for 2^32 postings or more.
  static absl::StatusOr<PostingTable> Build(const Postings& postings);

  // The rows under the key that are worth a look.
  Runs Find(const AskedKey& key) const;

  // Ask the processor for what Find will read: where the bucket is, then, of who waited for that, what
  // is in it.
  void PrefetchBucket(const AskedKey& key) const;
  void PrefetchEntries(const AskedKey& key) const;

  size_t Bytes() const;

 private:
  uint64_t BucketOf(uint64_t hash) const { return hash & mask_; }

  uint64_t mask_ = 0;
  std::vector<uint32_t> starts_;  // of each bucket, and one past the last
  std::vector<Entry> entries_;    // ascending in a bucket
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

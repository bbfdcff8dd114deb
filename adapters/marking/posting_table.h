#ifndef TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_
#define TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "adapters/marking/serial_keys.h"
#include "adapters/marking/weapon_group.h"

namespace tracegate {

// Which rows are stored under a key: a table of hash buckets in two flat arrays, 8.5 bytes a
// posting. Two keys of one bucket are told apart by 8 more bits of their hashes, so a few rows of
// another key may come along.
//
// Thread safety: immutable once built; all methods may be called from any thread.
class PostingTable {
 public:
  static constexpr int kRowBits = 28;

  struct Posting {
    StoredKey key;
    WeaponGroup group;
    uint32_t row = 0;  // of kRowBits
  };
  using Take = std::function<void(const Posting&)>;
  // Calls back for each posting there is; must come to the same each time it is run.
  using Postings = std::function<void(const Take&)>;

  // A posting as it is kept.
  class Entry {
   public:
    Entry() = default;
    explicit Entry(const Posting& posting);

    uint32_t Row() const;
    uint32_t Calibre() const;
    // Whether what was left out of it is among them.
    bool IsIn(const LeftOuts& left_outs) const;

    auto operator<=>(const Entry& other) const = default;

   private:
    friend class PostingTable;

    uint64_t bits_ = 0;
  };
  using Entries = absl::Span<const Entry>;

  // Errors: RESOURCE_EXHAUSTED for 2^32 postings or more.
  static absl::StatusOr<PostingTable> Build(const Postings& postings);

  // What stands under the key, ordered by maker, then by what was left out, then by calibre.
  Entries Find(const AskedKey& key) const;
  // Those of what Find gave whose makers have the numbers from first to last.
  static Entries OfMakers(Entries entries, uint32_t first, uint32_t last);

  // Ask the processor for what Find will read: where the bucket is, then, of who waited for that, what
  // is in it.
  void PrefetchBucket(const AskedKey& key) const;
  void PrefetchEntries(const AskedKey& key) const;

  size_t Bytes() const;

 private:
  uint64_t BucketOf(uint64_t hash) const { return hash & mask_; }
  static Entries Between(Entries entries, uint64_t first, uint64_t last);

  uint64_t mask_ = 0;
  std::vector<uint32_t> starts_;  // of each bucket, and one past the last
  std::vector<Entry> entries_;    // ascending in a bucket
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

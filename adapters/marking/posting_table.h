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

    uint32_t Row() const { return static_cast<uint32_t>(bits_ % kOfCalibre); }
    uint32_t Calibre() const { return static_cast<uint32_t>(bits_ % kOfCharacter / kOfCalibre); }
    // Whether what was left out of it is among them.
    bool IsIn(const LeftOuts& left_outs) const {
      const uint64_t characters = left_outs[bits_ % kOfMaker / kOfPlace];
      return (characters >> (bits_ % kOfPlace / kOfCharacter) & 1) != 0;
    }

    auto operator<=>(const Entry& other) const = default;

   private:
    friend class PostingTable;

    // Its parts, the lowest first: the row, the calibre, the character and the place that were left out,
    // the maker, 8 bits of the key's hash. One of each is as many as all that stand below it.
    static constexpr uint64_t kOfCalibre = uint64_t{1} << kRowBits;
    static constexpr uint64_t kOfCharacter = kOfCalibre * kCalibreNumbers;
    static constexpr uint64_t kOfPlace = kOfCharacter << 6;
    static constexpr uint64_t kOfMaker = kOfPlace * LeftOuts().size();
    static constexpr uint64_t kOfKey = kOfMaker * kMakerNumbers;
    static_assert(kOfKey == uint64_t{1} << 56);

    uint64_t bits_ = 0;
  };
  using Entries = absl::Span<const Entry>;

  // Errors: RESOURCE_EXHAUSTED for 2^32 postings or more.
  static absl::StatusOr<PostingTable> Build(const Postings& postings);

  // What stands in the bucket of the key, and what of that stands under the key, of makers that have the
  // numbers from `first` to before `end`, ordered by maker, then by what was left out, then by calibre;
  // the first entries_max of it.
  Entries BucketOf(const AskedKey& key) const;
  static Entries Find(Entries bucket, const AskedKey& key, uint32_t first, uint32_t end,
                      size_t entries_max);

  // Asks the processor for what Find will read.
  static void Prefetch(Entries bucket);

  size_t Bytes() const;

 private:
  uint64_t PlaceOf(uint64_t hash) const { return hash & mask_; }

  uint64_t mask_ = 0;
  std::vector<uint32_t> starts_;  // of each bucket, and one past the last
  std::vector<Entry> entries_;    // ascending in a bucket
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_POSTING_TABLE_H_

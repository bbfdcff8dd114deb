#include "adapters/marking/posting_table.h"

#include <algorithm>
#include <limits>

#include "absl/status/status.h"

namespace tracegate {
namespace {

constexpr uint64_t kPostingsPerBucket = 8;

// The parts of an entry, the lowest first: the row, the calibre, the character and the place that were
// left out, the maker, 8 bits of the key's hash. One of each is as many as all that stand below it.
constexpr uint64_t kOfCalibre = uint64_t{1} << PostingTable::kRowBits;
constexpr uint64_t kOfCharacter = kOfCalibre * kCalibreNumbers;
constexpr uint64_t kOfPlace = kOfCharacter << 6;
constexpr uint64_t kOfMaker = kOfPlace * LeftOuts().size();
constexpr uint64_t kOfKey = kOfMaker * kMakerNumbers;
static_assert(kOfKey == uint64_t{1} << 56);

uint64_t FirstOf(uint64_t hash) { return hash >> 56 << 56; }

}  // namespace

PostingTable::Entry::Entry(const Posting& posting)
    : bits_(FirstOf(posting.key.hash) + posting.group.maker * kOfMaker +
            posting.key.left_out.place * kOfPlace + posting.key.left_out.character * kOfCharacter +
            posting.group.calibre * kOfCalibre + posting.row) {}

uint32_t PostingTable::Entry::Row() const { return static_cast<uint32_t>(bits_ % kOfCalibre); }

uint32_t PostingTable::Entry::Calibre() const {
  return static_cast<uint32_t>(bits_ % kOfCharacter / kOfCalibre);
}

bool PostingTable::Entry::IsIn(const LeftOuts& left_outs) const {
  const uint64_t characters = left_outs[bits_ % kOfMaker / kOfPlace];
  return (characters >> (bits_ % kOfPlace / kOfCharacter) & 1) != 0;
}

absl::StatusOr<PostingTable> PostingTable::Build(const Postings& postings) {
  uint64_t count = 0;
  postings([&](const Posting&) { ++count; });
  if (count >= std::numeric_limits<uint32_t>::max())
    return absl::ResourceExhaustedError("the index has too many keys; split the registry");
  PostingTable table;
  uint64_t buckets = 1;
  while (buckets * kPostingsPerBucket < count) buckets *= 2;
  table.mask_ = buckets - 1;
  table.starts_.assign(buckets + 1, 0);
  table.entries_.resize(count);
  postings([&](const Posting& posting) { ++table.starts_[table.BucketOf(posting.key.hash) + 1]; });
  for (size_t i = 1; i < table.starts_.size(); ++i) table.starts_[i] += table.starts_[i - 1];
  // While it is filled, a bucket's start moves to its end, which is where the next one starts.
  postings([&](const Posting& posting) {
    table.entries_[table.starts_[table.BucketOf(posting.key.hash)]++] = Entry(posting);
  });
  std::copy_backward(table.starts_.begin(), table.starts_.end() - 1, table.starts_.end());
  table.starts_[0] = 0;
  for (uint64_t bucket = 0; bucket < buckets; ++bucket)
    std::sort(table.entries_.begin() + table.starts_[bucket],
              table.entries_.begin() + table.starts_[bucket + 1]);
  return table;
}

PostingTable::Entries PostingTable::Find(const AskedKey& key) const {
  if (starts_.empty()) return {};
  const uint64_t bucket = BucketOf(key.hash);
  const Entries all =
      absl::MakeConstSpan(entries_).subspan(starts_[bucket], starts_[bucket + 1] - starts_[bucket]);
  return Between(all, FirstOf(key.hash), FirstOf(key.hash) + (kOfKey - 1));
}

PostingTable::Entries PostingTable::OfMakers(Entries entries, uint32_t first, uint32_t last) {
  if (entries.empty()) return entries;
  const uint64_t none = FirstOf(entries.front().bits_);
  return Between(entries, none + first * kOfMaker, none + last * kOfMaker + (kOfMaker - 1));
}

PostingTable::Entries PostingTable::Between(Entries entries, uint64_t first, uint64_t last) {
  const auto begin = std::partition_point(entries.begin(), entries.end(),
                                          [&](const Entry& entry) { return entry.bits_ < first; });
  const auto behind = std::partition_point(begin, entries.end(),
                                           [&](const Entry& entry) { return entry.bits_ <= last; });
  return absl::MakeConstSpan(begin, behind);
}

void PostingTable::PrefetchBucket(const AskedKey& key) const {
  if (!starts_.empty()) __builtin_prefetch(&starts_[BucketOf(key.hash)]);
}

void PostingTable::PrefetchEntries(const AskedKey& key) const {
  if (!starts_.empty()) __builtin_prefetch(entries_.data() + starts_[BucketOf(key.hash)]);
}

size_t PostingTable::Bytes() const {
  return starts_.capacity() * sizeof(uint32_t) + entries_.capacity() * sizeof(Entry);
}

}  // namespace tracegate

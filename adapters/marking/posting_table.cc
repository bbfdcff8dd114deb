#include "adapters/marking/posting_table.h"

#include <algorithm>
#include <limits>

#include "absl/status/status.h"

namespace tracegate {
namespace {

constexpr uint64_t kPostingsPerBucket = 8;

// The parts of an entry: a row, a group, the character and the place that were left out, 8 bits of
// the key's hash. One of each is as many as all that stand below it.
constexpr uint64_t kOfGroup = uint64_t{1} << PostingTable::kRowBits;
constexpr uint64_t kOfCharacter = kOfGroup << kWeaponGroupBits;
constexpr uint64_t kOfPlace = kOfCharacter << 6;
constexpr uint64_t kOfKey = kOfPlace << 4;
static_assert(kOfKey == uint64_t{1} << 56);

using Entry = PostingTable::Entry;

// The last entry that has one part, and all that stand above it, as that one has.
Entry LastWith(Entry entry, uint64_t of_part) { return entry | (of_part - 1); }

Entry FirstOf(uint64_t hash) { return hash >> 56 << 56; }

Entry EntryOf(const PostingTable::Posting& posting) {
  const LeftOut& left_out = posting.key.left_out;
  return FirstOf(posting.key.hash) + left_out.place * kOfPlace + left_out.character * kOfCharacter +
         posting.group * kOfGroup + posting.row;
}

// Behind the last entry from `begin` on that is not above `last`; soon found where it is near.
const Entry* Behind(const Entry* begin, const Entry* end, Entry last) {
  ptrdiff_t step = 1;
  while (step < end - begin && begin[step] <= last) step *= 2;
  return std::upper_bound(begin + step / 2, begin + std::min(step, end - begin), last);
}

}  // namespace

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
    table.entries_[table.starts_[table.BucketOf(posting.key.hash)]++] = EntryOf(posting);
  });
  std::copy_backward(table.starts_.begin(), table.starts_.end() - 1, table.starts_.end());
  table.starts_[0] = 0;
  for (uint64_t bucket = 0; bucket < buckets; ++bucket)
    std::sort(table.entries_.begin() + table.starts_[bucket],
              table.entries_.begin() + table.starts_[bucket + 1]);
  return table;
}

PostingTable::Runs PostingTable::Find(const AskedKey& key) const {
  if (starts_.empty()) return {};
  const uint64_t bucket = BucketOf(key.hash);
  const Entry* const last = entries_.data() + starts_[bucket + 1];
  const Entry first = FirstOf(key.hash);
  const Entry* begin = std::lower_bound(entries_.data() + starts_[bucket], last, first);
  const Entry* const end = std::upper_bound(begin, last, LastWith(first, kOfKey));
  Runs runs;
  while (begin != end) {
    const uint64_t characters = key.left_out[*begin % kOfKey / kOfPlace];
    const bool is_wanted = (characters >> (*begin % kOfPlace / kOfCharacter) & 1) != 0;
    const Entry* const behind =
        Behind(begin, end, LastWith(*begin, characters == 0 ? kOfPlace : kOfCharacter));
    if (is_wanted) runs.push_back(absl::MakeConstSpan(begin, behind));
    begin = behind;
  }
  return runs;
}

PostingTable::Run PostingTable::OfGroups(Run run, WeaponGroups groups) {
  if (run.empty()) return run;
  const Entry none = run.front() / kOfCharacter * kOfCharacter;
  const auto begin = std::lower_bound(run.begin(), run.end(), none + groups.first * kOfGroup);
  const auto behind =
      std::upper_bound(begin, run.end(), LastWith(none + groups.last * kOfGroup, kOfGroup));
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

#include "adapters/marking/posting_table.h"

#include <algorithm>
#include <limits>

#include "absl/status/status.h"

namespace tracegate {
namespace {

constexpr uint64_t kPostingsPerBucket = 8;
constexpr size_t kEntriesPerLine = 64 / sizeof(PostingTable::Entry);  // of the processor's cache
constexpr size_t kPrefetched = 8 * kEntriesPerLine;

uint64_t FirstOf(uint64_t hash) { return hash >> 56 << 56; }

}  // namespace

PostingTable::Entry::Entry(const Posting& posting)
    : bits_(FirstOf(posting.key.hash) + posting.group.maker * kOfMaker +
            posting.key.left_out.place * kOfPlace + posting.key.left_out.character * kOfCharacter +
            posting.group.calibre * kOfCalibre + posting.row) {}

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
  postings([&](const Posting& posting) { ++table.starts_[table.PlaceOf(posting.key.hash) + 1]; });
  for (size_t i = 1; i < table.starts_.size(); ++i) table.starts_[i] += table.starts_[i - 1];
  // While it is filled, a bucket's start moves to its end, which is where the next one starts.
  postings([&](const Posting& posting) {
    table.entries_[table.starts_[table.PlaceOf(posting.key.hash)]++] = Entry(posting);
  });
  std::copy_backward(table.starts_.begin(), table.starts_.end() - 1, table.starts_.end());
  table.starts_[0] = 0;
  for (uint64_t bucket = 0; bucket < buckets; ++bucket)
    std::sort(table.entries_.begin() + table.starts_[bucket],
              table.entries_.begin() + table.starts_[bucket + 1]);
  return table;
}

PostingTable::Entries PostingTable::BucketOf(const AskedKey& key) const {
  if (starts_.empty()) return {};
  const uint64_t place = PlaceOf(key.hash);
  return Entries(entries_).subspan(starts_[place], starts_[place + 1] - starts_[place]);
}

PostingTable::Entries PostingTable::Find(Entries bucket, const AskedKey& key, uint32_t first,
                                         uint32_t end, size_t entries_max) {
  const uint64_t least = FirstOf(key.hash) + first * Entry::kOfMaker;
  const uint64_t most = FirstOf(key.hash) + (end * Entry::kOfMaker - 1);
  const auto from = std::partition_point(bucket.begin(), bucket.end(),
                                         [&](const Entry& entry) { return entry.bits_ < least; });
  const Entries some = absl::MakeConstSpan(from, bucket.end()).subspan(0, entries_max);
  // One by one, as they are looked at anyhow.
  const auto to = std::find_if(some.begin(), some.end(),
                               [&](const Entry& entry) { return entry.bits_ > most; });
  return absl::MakeConstSpan(some.begin(), to);
}

void PostingTable::Prefetch(Entries bucket) {
  const Entries first = bucket.subspan(0, kPrefetched);
  for (size_t i = 0; i < first.size(); i += kEntriesPerLine) __builtin_prefetch(&first[i]);
}

size_t PostingTable::Bytes() const {
  return starts_.capacity() * sizeof(uint32_t) + entries_.capacity() * sizeof(Entry);
}

}  // namespace tracegate

#include "adapters/marking/posting_table.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "absl/status/status.h"

namespace tracegate {
namespace {

constexpr uint64_t kPostingsPerBucket = 8;

uint16_t LabelOf(uint64_t hash, uint8_t tag) {
  return static_cast<uint16_t>(hash >> 56 << 8 | tag);
}

uint8_t TagOf(uint16_t label) { return static_cast<uint8_t>(label); }

}  // namespace

absl::StatusOr<PostingTable> PostingTable::Build(
    const Postings& postings, const std::function<uint64_t(uint32_t row)>& rank) {
  uint64_t count = 0;
  postings([&](uint64_t, uint8_t, uint32_t) { ++count; });
  if (count >= std::numeric_limits<uint32_t>::max())
    return absl::ResourceExhaustedError("the index has too many keys; split the registry");
  PostingTable table;
  uint64_t buckets = 1;
  while (buckets * kPostingsPerBucket < count) buckets *= 2;
  table.mask_ = buckets - 1;
  table.starts_.assign(buckets + 1, 0);
  table.rows_.resize(count);
  table.labels_.resize(count);
  postings([&](uint64_t hash, uint8_t, uint32_t) { ++table.starts_[table.BucketOf(hash) + 1]; });
  for (size_t i = 1; i < table.starts_.size(); ++i) table.starts_[i] += table.starts_[i - 1];
  // While it is filled, a bucket's start moves to its end, which is where the next one starts.
  postings([&](uint64_t hash, uint8_t tag, uint32_t row) {
    const uint32_t place = table.starts_[table.BucketOf(hash)]++;
    table.rows_[place] = row;
    table.labels_[place] = LabelOf(hash, tag);
  });
  std::copy_backward(table.starts_.begin(), table.starts_.end() - 1, table.starts_.end());
  table.starts_[0] = 0;
  table.Sort(rank);
  return table;
}

void PostingTable::Sort(const std::function<uint64_t(uint32_t row)>& rank) {
  std::vector<std::tuple<uint16_t, uint64_t, uint32_t>> bucket;
  for (size_t b = 0; b + 1 < starts_.size(); ++b) {
    const uint32_t start = starts_[b];
    const uint32_t end = starts_[b + 1];
    if (end - start < 2) continue;
    bucket.clear();
    for (uint32_t i = start; i < end; ++i)
      bucket.emplace_back(labels_[i], rank(rows_[i]), rows_[i]);
    std::sort(bucket.begin(), bucket.end());
    for (uint32_t i = start; i < end; ++i)
      std::tie(labels_[i], std::ignore, rows_[i]) = bucket[i - start];
  }
}

PostingTable::Runs PostingTable::Find(uint64_t hash, uint64_t tags) const {
  if (starts_.empty()) return {};
  const uint64_t bucket = BucketOf(hash);
  const auto first = labels_.begin() + starts_[bucket];
  const auto last = labels_.begin() + starts_[bucket + 1];
  const auto end = std::upper_bound(first, last, LabelOf(hash, UINT8_MAX));
  Runs runs;
  for (auto begin = std::lower_bound(first, end, LabelOf(hash, 0)); begin != end;) {
    const auto behind = std::upper_bound(begin, end, *begin);
    const bool is_wanted = (tags >> TagOf(*begin) & 1) != 0;
    if (is_wanted)
      runs.push_back(absl::MakeSpan(rows_).subspan(begin - labels_.begin(), behind - begin));
    begin = behind;
  }
  return runs;
}

void PostingTable::PrefetchBucket(uint64_t hash) const {
  if (!starts_.empty()) __builtin_prefetch(&starts_[BucketOf(hash)]);
}

void PostingTable::PrefetchRows(uint64_t hash) const {
  if (starts_.empty()) return;
  const uint32_t start = starts_[BucketOf(hash)];
  __builtin_prefetch(labels_.data() + start);
  __builtin_prefetch(rows_.data() + start);
}

size_t PostingTable::Bytes() const {
  return starts_.capacity() * sizeof(uint32_t) + rows_.capacity() * sizeof(uint32_t) +
         labels_.capacity() * sizeof(uint16_t);
}

}  // namespace tracegate

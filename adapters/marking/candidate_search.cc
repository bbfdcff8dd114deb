#include "adapters/marking/candidate_search.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <queue>

#include "adapters/marking/serial_forms.h"
#include "adapters/marking/serial_keys.h"

namespace tracegate {
namespace {

constexpr size_t kRowsPerWholeKeyMax = 256;
constexpr size_t kRowsPerKeyMax = 64;
constexpr size_t kPrefetched = 16;

bool BetterScore(const CandidateSearch::Hit& one, const CandidateSearch::Hit& other) {
  return one.score > other.score;
}

}  // namespace

uint64_t RankOf(const WeaponRows& rows, uint32_t row) {
  const WeaponRows::Description& description = rows.DescriptionOf(row);
  return static_cast<uint64_t>(description.maker_class) << 32 | description.calibre_class;
}

std::vector<CandidateSearch::Hit> CandidateSearch::Run(const std::vector<std::string>& forms,
                                                       size_t wanted) {
  for (const std::string& form : forms) {
    const std::vector<AskedKey> keys = KeysToAsk(form);
    for (const AskedKey& key : keys) table_.Prefetch(key.hash);
    for (const AskedKey& key : keys) {
      const absl::Span<const uint32_t> rows = table_.Find(key.hash);
      const size_t room = kRowsLookedAtMax - std::min(taken_.size(), kRowsLookedAtMax);
      const size_t rows_max = std::min(room, key.whole ? kRowsPerWholeKeyMax : kRowsPerKeyMax);
      if (key.whole && rows.size() > rows_max) saw_all_alike_ = false;
      Take(rows, rows_max);
    }
  }
  std::sort(taken_.begin(), taken_.end());
  taken_.erase(std::unique(taken_.begin(), taken_.end()), taken_.end());
  std::vector<Hit> hits = LookAlikes(forms);
  WeighFields(hits, wanted);
  return hits;
}

void CandidateSearch::Take(absl::Span<const uint32_t> rows, size_t rows_max) {
  if (rows.size() > rows_max) {
    TakePreferred(rows, rows_max);
  } else {
    taken_.insert(taken_.end(), rows.begin(), rows.end());
  }
}

void CandidateSearch::TakePreferred(absl::Span<const uint32_t> rows, size_t rows_max) {
  const auto at = [&](uint32_t maker, uint32_t calibre) {
    const uint64_t rank = static_cast<uint64_t>(maker) << 32 | calibre;
    return std::lower_bound(
               rows.begin(), rows.end(), rank,
               [&](uint32_t row, uint64_t wanted) { return RankOf(rows_, row) < wanted; }) -
           rows.begin();
  };
  const auto take = [&](ptrdiff_t from, ptrdiff_t to) {
    const auto count = std::min<size_t>(to - from, rows_max);
    const absl::Span<const uint32_t> part = rows.subspan(from, count);
    taken_.insert(taken_.end(), part.begin(), part.end());
    rows_max -= count;
  };
  const uint32_t maker = memo_.MakerClass();
  const uint32_t calibre = memo_.CalibreClass();
  if (maker != WeaponRows::kNoClass) {
    const ptrdiff_t first = at(maker, 0);
    const ptrdiff_t last = at(maker + 1, 0);
    const ptrdiff_t alike = calibre == WeaponRows::kNoClass ? first : at(maker, calibre);
    const ptrdiff_t beyond = calibre == WeaponRows::kNoClass ? first : at(maker, calibre + 1);
    take(alike, beyond);
    take(first, alike);
    take(beyond, last);
    take(0, first);
    take(last, static_cast<ptrdiff_t>(rows.size()));
  } else {
    take(0, static_cast<ptrdiff_t>(rows.size()));
  }
}

// Most alike first.
std::vector<CandidateSearch::Hit> CandidateSearch::LookAlikes(
    const std::vector<std::string>& forms) const {
  std::vector<Hit> hits;
  for (size_t i = 0; i < taken_.size(); ++i) {
    if (i + kPrefetched < taken_.size()) rows_.Prefetch(taken_[i + kPrefetched]);
    if (i + kPrefetched / 2 < taken_.size()) rows_.PrefetchText(taken_[i + kPrefetched / 2]);
    double likeness = 0;
    rows_.EachForm(taken_[i], [&](std::string_view form) {
      for (const std::string& asked : forms)
        likeness = std::max(likeness, LikenessOf(asked, form).value_or(0));
    });
    if (likeness > 0) hits.push_back({taken_[i], likeness});
  }
  std::stable_sort(hits.begin(), hits.end(), BetterScore);
  return hits;
}

// Fields only lower a score, so once `wanted` rows are better than the next serial alone would be,
// the rest need not be weighed.
void CandidateSearch::WeighFields(std::vector<Hit>& hits, size_t wanted) {
  std::priority_queue<double, std::vector<double>, std::greater<>> best;
  size_t weighed = 0;
  for (; weighed < hits.size(); ++weighed) {
    Hit& hit = hits[weighed];
    if (best.size() == wanted && hit.score < best.top()) break;
    hit.may_be_meant = hit.score == 1 && !memo_.Make(hit.row).contradicts;
    hit.score *= memo_.All(hit.row).factor;
    best.push(hit.score);
    if (best.size() > wanted) best.pop();
  }
  hits.resize(weighed);
  std::stable_sort(hits.begin(), hits.end(), BetterScore);
}

}  // namespace tracegate

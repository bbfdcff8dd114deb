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
constexpr size_t kPrefetched = 8;  // rows ahead, of each of the two steps to a long form's text

size_t RowsIn(const PostingTable::Runs& runs) {
  size_t rows = 0;
  for (const absl::Span<const uint32_t> run : runs) rows += run.size();
  return rows;
}

uint64_t Rank(uint32_t maker_class, uint32_t calibre_class) {
  return static_cast<uint64_t>(maker_class) << 32 | calibre_class;
}

bool IsBetter(const CandidateSearch::Hit& one, const CandidateSearch::Hit& other) {
  return one.score != other.score ? one.score > other.score : one.row < other.row;
}

bool IsSameRow(const CandidateSearch::Hit& one, const CandidateSearch::Hit& other) {
  return one.row == other.row;
}

}  // namespace

uint64_t RankOf(const WeaponRows& rows, uint32_t row) {
  const WeaponRows::Description& description = rows.DescriptionOf(row);
  return Rank(description.maker_class, description.calibre_class);
}

std::vector<CandidateSearch::Hit> CandidateSearch::Run(const std::vector<std::string>& forms,
                                                       size_t wanted) {
  for (const std::string& form : forms) {
    const std::vector<AskedKey> keys = KeysToAsk(form);
    for (const AskedKey& key : keys) table_.PrefetchBucket(key.hash);
    for (const AskedKey& key : keys) table_.PrefetchRows(key.hash);
    for (const AskedKey& key : keys) {
      const Runs runs = table_.Find(key.hash, key.left_out);
      const size_t rows_max = std::min(kRowsLookedAtMax - taken_.size(),
                                       key.whole ? kRowsPerWholeKeyMax : kRowsPerKeyMax);
      const bool fits = RowsIn(runs) <= rows_max;
      if (key.whole && !fits) saw_all_alike_ = false;
      if (fits) {
        for (const absl::Span<const uint32_t> run : runs) Take(run);
      } else {
        TakePreferred(runs, rows_max);
      }
    }
  }
  std::vector<Hit> hits = LookAlikes(forms);
  WeighFields(hits, wanted);
  return hits;
}

void CandidateSearch::Take(absl::Span<const uint32_t> rows) {
  taken_.insert(taken_.end(), rows.begin(), rows.end());
  for (const uint32_t row : rows) rows_.PrefetchForm(row);
}

// Of the first row of that rank or a later one; the run's size for none.
size_t CandidateSearch::FirstOfRank(absl::Span<const uint32_t> run, uint64_t rank) const {
  const auto is_before = [&](uint32_t row, uint64_t wanted) { return RankOf(rows_, row) < wanted; };
  return std::lower_bound(run.begin(), run.end(), rank, is_before) - run.begin();
}

void CandidateSearch::TakePreferred(const Runs& runs, size_t rows_max) {
  const bool none_of_maker = memo_.MakerClass() == WeaponRows::kNoClass;
  const uint64_t maker = Rank(memo_.MakerClass(), 0);
  const uint64_t calibre = Rank(memo_.MakerClass(), memo_.CalibreClass());
  const uint64_t next_maker = Rank(memo_.MakerClass(), UINT32_MAX) + 1;
  Runs alike;
  Runs of_maker;
  Runs others;
  for (const absl::Span<const uint32_t> run : runs) {
    if (none_of_maker) {
      others.push_back(run);
      continue;
    }
    const size_t first = FirstOfRank(run, maker);
    const size_t alike_first = FirstOfRank(run, calibre);
    const size_t alike_last = FirstOfRank(run, calibre + 1);
    const size_t last = FirstOfRank(run, next_maker);
    alike.push_back(run.subspan(alike_first, alike_last - alike_first));
    of_maker.push_back(run.subspan(first, alike_first - first));
    of_maker.push_back(run.subspan(alike_last, last - alike_last));
    others.push_back(run.subspan(0, first));
    others.push_back(run.subspan(last));
  }
  for (const Runs* preferred : {&alike, &of_maker, &others}) {
    for (const absl::Span<const uint32_t> run : *preferred) {
      const absl::Span<const uint32_t> part = run.subspan(0, rows_max);
      Take(part);
      rows_max -= part.size();
    }
  }
}

// Most alike first.
std::vector<CandidateSearch::Hit> CandidateSearch::LookAlikes(
    const std::vector<std::string>& forms) const {
  std::vector<Hit> hits;
  for (size_t i = 0; i < taken_.size(); ++i) {
    const auto ahead = [&](size_t steps) {
      return taken_[std::min(i + steps * kPrefetched, taken_.size() - 1)];
    };
    rows_.PrefetchLongForm(ahead(2));
    rows_.PrefetchLongFormText(ahead(1));
    double likeness = 0;
    rows_.EachForm(taken_[i], [&](std::string_view form) {
      for (const std::string& asked : forms)
        likeness = std::max(likeness, LikenessOf(asked, form).value_or(0));
    });
    if (likeness == 0) continue;
    rows_.PrefetchRow(taken_[i]);
    hits.push_back({taken_[i], likeness});
  }
  std::sort(hits.begin(), hits.end(), IsBetter);
  hits.erase(std::unique(hits.begin(), hits.end(), IsSameRow), hits.end());
  return hits;
}

// Fields only lower a score, so once `wanted` rows are better than the next serial alone would be,
// the rest need not be weighed; nor the other fields of a row that its maker alone puts behind them.
void CandidateSearch::WeighFields(std::vector<Hit>& hits, size_t wanted) {
  std::priority_queue<double, std::vector<double>, std::greater<>> best;
  size_t weighed = 0;
  for (; weighed < hits.size(); ++weighed) {
    Hit& hit = hits[weighed];
    if (best.size() == wanted && hit.score < best.top()) break;
    const FieldMemo::Effect make = memo_.Make(hit.row);
    hit.may_be_meant = hit.score == 1 && !make.contradicts;
    const bool behind = best.size() == wanted && hit.score * make.factor < best.top();
    hit.score *= behind ? make.factor : memo_.All(hit.row);
    if (behind) continue;
    best.push(hit.score);
    if (best.size() > wanted) best.pop();
  }
  hits.resize(weighed);
  std::sort(hits.begin(), hits.end(), IsBetter);
}

}  // namespace tracegate

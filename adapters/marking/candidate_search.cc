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
constexpr size_t kRowsPerKeyMax = 32;
constexpr size_t kPrefetched = 8;  // rows ahead

size_t RowsIn(const PostingTable::Runs& runs) {
  size_t rows = 0;
  for (const PostingTable::Run run : runs) rows += run.size();
  return rows;
}

struct IsBetter {
  bool operator()(const CandidateSearch::Hit& one, const CandidateSearch::Hit& other) const {
    return one.score != other.score ? one.score > other.score : one.row < other.row;
  }
};

}  // namespace

std::vector<CandidateSearch::Hit> CandidateSearch::Run(const std::vector<std::string>& forms,
                                                       size_t wanted) {
  for (const std::string& form : forms) {
    const std::vector<AskedKey> keys = KeysToAsk(form);
    for (const AskedKey& key : keys) table_.PrefetchBucket(key);
    for (const AskedKey& key : keys) table_.PrefetchEntries(key);
    for (const AskedKey& key : keys) {
      const Runs runs = table_.Find(key);
      const size_t rows_max = std::min(kRowsLookedAtMax - taken_.size(),
                                       key.whole ? kRowsPerWholeKeyMax : kRowsPerKeyMax);
      const bool fits = RowsIn(runs) <= rows_max;
      if (key.whole && !fits) saw_all_alike_ = false;
      if (fits) {
        for (const PostingTable::Run run : runs) Take(run);
      } else {
        TakePreferred(runs, rows_max);
      }
    }
  }
  std::vector<Hit> hits = LookAlikes(forms);
  WeighFields(hits, wanted);
  return hits;
}

void CandidateSearch::Take(PostingTable::Run run) {
  for (const PostingTable::Entry entry : run) {
    taken_.push_back(PostingTable::RowOf(entry));
    rows_.PrefetchRow(taken_.back());
  }
}

void CandidateSearch::TakePreferred(const Runs& runs, size_t rows_max) {
  Runs alike;
  Runs of_maker;
  Runs others;
  const WeaponGroup group = memo_.Group();
  for (const PostingTable::Run run : runs) {
    const auto maker = PostingTable::OfGroups(run, GroupsOfMaker(group));
    const auto both = PostingTable::OfGroups(maker, {group, group});
    alike.push_back(both);
    of_maker.push_back(absl::MakeConstSpan(maker.begin(), both.begin()));
    of_maker.push_back(absl::MakeConstSpan(both.end(), maker.end()));
    others.push_back(absl::MakeConstSpan(run.begin(), maker.begin()));
    others.push_back(absl::MakeConstSpan(maker.end(), run.end()));
  }
  for (const Runs* preferred : {&alike, &of_maker, &others}) {
    for (const PostingTable::Run run : *preferred) {
      const PostingTable::Run part = run.subspan(0, rows_max);
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
    rows_.PrefetchLongForm(taken_[std::min(i + kPrefetched, taken_.size() - 1)]);
    double likeness = 0;
    rows_.EachForm(taken_[i], [&](std::string_view form) {
      for (const std::string& asked : forms)
        likeness = std::max(likeness, LikenessOf(asked, form).value_or(0));
    });
    if (likeness == 0) continue;
    hits.push_back({taken_[i], likeness});
  }
  std::sort(hits.begin(), hits.end(), IsBetter());
  const auto is_same = [](const Hit& one, const Hit& other) { return one.row == other.row; };
  hits.erase(std::unique(hits.begin(), hits.end(), is_same), hits.end());
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
    hit.score *= make.factor;
    if (best.size() == wanted && hit.score < best.top()) continue;
    hit.score *= memo_.Others(hit.row);
    best.push(hit.score);
    if (best.size() > wanted) best.pop();
  }
  hits.resize(weighed);
  const auto sorted = static_cast<ptrdiff_t>(std::min(wanted, hits.size()));
  std::partial_sort(hits.begin(), hits.begin() + sorted, hits.end(), IsBetter());
}

}  // namespace tracegate

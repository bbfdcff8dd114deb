#include "adapters/marking/candidate_search.h"

#include <algorithm>
#include <optional>

#include "adapters/marking/match.h"
#include "adapters/marking/serial_forms.h"

namespace tracegate {
namespace {

constexpr size_t kRowsOfSameMax = 256;
constexpr size_t kRowsOfOthersMax = 32;  // under each key
constexpr size_t kFewRows = 8;           // not worth a choice
constexpr size_t kScannedMax = 4096;     // of a part of those under one key
constexpr size_t kPrefetched = 8;        // rows ahead

struct IsBetter {
  bool operator()(const CandidateSearch::Hit& one, const CandidateSearch::Hit& other) const {
    return one.score != other.score ? one.score > other.score : one.row < other.row;
  }
};

}  // namespace

std::vector<CandidateSearch::Hit> CandidateSearch::Run() {
  for (const std::string& form : forms_) {
    for (const AskedKey& key : KeysToAsk(form)) keys_.push_back(key);
  }
  for (const AskedKey& key : keys_) {
    table_.PrefetchBucket(key);
    const bool same = key.reach == AskedKey::Reach::kSame;
    rows_left_.push_back(same ? kRowsOfSameMax : kRowsOfOthersMax);
  }
  for (const AskedKey& key : keys_) table_.PrefetchEntries(key);
  for (size_t key = 0; key < keys_.size(); ++key) TakeUnder(key);
  WeighTaken();
  if (!AreStrangersBehind()) {
    for (const Part& part : strangers_) Take(part);
    WeighTaken();
  }
  const auto sorted = static_cast<ptrdiff_t>(std::min(wanted_, hits_.size()));
  std::partial_sort(hits_.begin(), hits_.begin() + sorted, hits_.end(), IsBetter());
  return std::move(hits_);
}

void CandidateSearch::TakeUnder(size_t key) {
  const AskedKey::Reach reach = keys_[key].reach;
  const PostingTable::Entries all = table_.Find(keys_[key]);
  if (reach == AskedKey::Reach::kConfused && all.size() > kRowsOfSameMax) saw_all_alike_ = false;
  if (all.size() <= kFewRows) {
    Take({all, key});
    return;
  }
  const auto maker = PostingTable::OfMakers(all, group_.maker, group_.maker);
  const auto before = absl::MakeConstSpan(all.begin(), maker.begin());
  const auto behind = absl::MakeConstSpan(maker.end(), all.end());
  Take({maker, key});
  const bool may_be_any = group_.maker >= kKnownMakerNumbers;
  if (reach == AskedKey::Reach::kSame || may_be_any) {
    Take({before, key});
    Take({behind, key});
    return;
  }
  const auto unknown = PostingTable::OfMakers(behind, kKnownMakerNumbers, kMakerNumbers - 1);
  Take({unknown, key});
  strangers_.push_back({before, key});
  strangers_.push_back({absl::MakeConstSpan(behind.begin(), unknown.begin()), key});
}

// Those of the calibre asked for first.
void CandidateSearch::Take(const Part& part) {
  const AskedKey& key = keys_[part.key];
  size_t& left = rows_left_[part.key];
  const PostingTable::Entries scanned = part.entries.subspan(0, kScannedMax);
  bool all = scanned.size() == part.entries.size();
  for (const bool of_calibre : {true, false}) {
    for (const PostingTable::Entry& entry : scanned) {
      if ((entry.Calibre() == group_.calibre) != of_calibre) continue;
      if (!entry.IsIn(key.left_out)) continue;
      if (left == 0 || all_left_ == 0) {
        all = false;
        break;
      }
      taken_.push_back(entry.Row());
      rows_.PrefetchRow(entry.Row());
      --left;
      --all_left_;
    }
  }
  if (!all && key.reach == AskedKey::Reach::kSame) saw_all_alike_ = false;
}

// Most alike first.
std::vector<CandidateSearch::Hit> CandidateSearch::LookAlikes() {
  std::vector<Hit> hits;
  for (size_t i = 0; i < taken_.size(); ++i) {
    rows_.PrefetchLongForm(taken_[std::min(i + kPrefetched, taken_.size() - 1)]);
    double likeness = 0;
    rows_.EachForm(taken_[i], [&](std::string_view form) {
      for (const std::string& asked : forms_)
        likeness = std::max(likeness, LikenessOf(asked, form).value_or(0));
    });
    if (likeness != 0 && seen_.insert(taken_[i]).second) hits.push_back({taken_[i], likeness});
  }
  taken_.clear();
  std::sort(hits.begin(), hits.end(), IsBetter());
  return hits;
}

// Fields only lower a score, so once `wanted` rows are better than the next serial alone would be,
// the rest need not be weighed; nor the other fields of a row that its maker alone puts behind them.
void CandidateSearch::WeighTaken() {
  for (Hit& hit : LookAlikes()) {
    if (best_.size() == wanted_ && hit.score < best_.top()) break;
    const FieldMemo::Effect make = memo_.Make(hit.row);
    hit.may_be_meant = hit.score == 1 && !make.contradicts;
    hit.score *= make.factor;
    const bool is_behind = best_.size() == wanted_ && hit.score < best_.top();
    if (!is_behind) {
      hit.score *= memo_.Others(hit.row);
      best_score_ = std::max(best_score_, hit.score);
      best_.push(hit.score);
      if (best_.size() > wanted_) best_.pop();
    }
    hits_.push_back(hit);
  }
}

// Their makers contradict, and their serials are not the same.
bool CandidateSearch::AreStrangersBehind() const {
  static const double kScoreMax =
      kLikenessOfOthersMax * FactorOf({.field = "manufacturer", .effect = v1::MATCH_EFFECT_DIFFERS});
  return best_score_ >= 2 * kScoreMax || (best_.size() == wanted_ && best_.top() >= kScoreMax);
}

}  // namespace tracegate

#include "adapters/marking/candidate_search.h"

#include <algorithm>
#include <optional>

#include "adapters/marking/match.h"
#include "adapters/marking/serial_forms.h"

namespace tracegate {
namespace {

constexpr size_t kRowsOfSameMax = 256;
constexpr size_t kRowsOfOthersMax = 32;  // under each key
constexpr size_t kScannedMax = 4096;     // of a part of those under one key
constexpr size_t kPrefetched = 8;        // rows ahead

// That of a maker which contradicts.
const FieldMemo::Effect kOtherMaker = {
    FactorOf({.field = "manufacturer", .effect = v1::MATCH_EFFECT_DIFFERS}), true};

struct IsBetter {
  bool operator()(const CandidateSearch::Hit& one, const CandidateSearch::Hit& other) const {
    return one.score != other.score ? one.score > other.score : one.row < other.row;
  }
};

}  // namespace

std::vector<CandidateSearch::Hit> CandidateSearch::Run() {
  for (const std::string& form : forms_) {
    const std::vector<AskedKey> keys = KeysToAsk(form);
    keys_.insert(keys_.end(), keys.begin(), keys.end());
  }
  // Loops that wait for nothing in between: what they ask the memory for comes at once.
  buckets_.reserve(keys_.size());
  for (const AskedKey& key : keys_) buckets_.push_back(table_.BucketOf(key));
  for (const PostingTable::Entries& bucket : buckets_) PostingTable::Prefetch(bucket);
  for (const AskedKey& key : keys_) {
    const bool same = key.reach == AskedKey::Reach::kSame;
    rows_left_.push_back(same ? kRowsOfSameMax : kRowsOfOthersMax);
  }
  for (size_t key = 0; key < keys_.size(); ++key) TakeUnder(key);
  WeighTaken(std::nullopt);
  if (!AreStrangersBehind()) {
    for (size_t key = 0; key < keys_.size(); ++key) {
      if (keys_[key].reach != AskedKey::Reach::kSame) TakeStrangers(key);
    }
    WeighTaken(kOtherMaker);
  }
  const auto sorted = static_cast<ptrdiff_t>(std::min(wanted_, hits_.size()));
  std::partial_sort(hits_.begin(), hits_.begin() + sorted, hits_.end(), IsBetter());
  return std::move(hits_);
}

// Of the maker asked for, then of those that may be it; where that one may be any, of all.
void CandidateSearch::TakeUnder(size_t key) {
  if (group_.maker >= kKnownMakerNumbers) {
    Take(key, 0, kMakerNumbers);
    return;
  }
  Take(key, group_.maker, group_.maker + 1);
  Take(key, kKnownMakerNumbers, kMakerNumbers);
  if (keys_[key].reach == AskedKey::Reach::kSame) TakeStrangers(key);
}

// Of makers that contradict.
void CandidateSearch::TakeStrangers(size_t key) {
  if (group_.maker >= kKnownMakerNumbers) return;
  Take(key, 0, group_.maker);
  Take(key, group_.maker + 1, kKnownMakerNumbers);
}

// Those of the calibre asked for first.
void CandidateSearch::Take(size_t key, uint32_t first_maker, uint32_t end_maker) {
  if (keys_[key].reach == AskedKey::Reach::kNear && std::min(rows_left_[key], all_left_) == 0)
    return;
  const PostingTable::Entries found =
      PostingTable::Find(buckets_[key], keys_[key], first_maker, end_maker, kScannedMax + 1);
  const PostingTable::Entries scanned = found.subspan(0, kScannedMax);
  worth_a_look_.clear();
  for (const PostingTable::Entry& entry : scanned) {
    if (entry.IsIn(keys_[key].left_out)) worth_a_look_.push_back(entry);
  }
  if (worth_a_look_.size() > 1) {
    std::stable_partition(
        worth_a_look_.begin(), worth_a_look_.end(),
        [&](const PostingTable::Entry& entry) { return entry.Calibre() == group_.calibre; });
  }
  const size_t taken = std::min({worth_a_look_.size(), rows_left_[key], all_left_});
  for (size_t i = 0; i < taken; ++i) taken_.push_back(worth_a_look_[i].Row());
  rows_left_[key] -= taken;
  all_left_ -= taken;
  const bool took_all = scanned.size() == found.size() && taken == worth_a_look_.size();
  if (!took_all && keys_[key].reach != AskedKey::Reach::kNear) saw_all_alike_ = false;
}

// Most alike first, those that are equally so as they were taken.
std::vector<CandidateSearch::Hit> CandidateSearch::LookAlikes() {
  for (const uint32_t row : taken_) rows_.PrefetchRow(row);
  std::vector<Hit> hits;
  seen_.reserve(seen_.size() + taken_.size());
  for (size_t i = 0; i < taken_.size(); ++i) {
    rows_.PrefetchLongForm(taken_[std::min(i + kPrefetched, taken_.size() - 1)]);
    if (!seen_.insert(taken_[i]).second) continue;
    double likeness = 0;
    rows_.EachForm(taken_[i], [&](std::string_view form) {
      for (const std::string& asked : forms_)
        likeness = std::max(likeness, LikenessOf(asked, form).value_or(0));
    });
    if (likeness != 0) hits.push_back({taken_[i], likeness});
  }
  taken_.clear();
  std::stable_sort(hits.begin(), hits.end(),
                   [](const Hit& one, const Hit& other) { return one.score > other.score; });
  return hits;
}

// Fields only lower a score, so once `wanted` rows are better than the next serial alone would be,
// the rest need not be weighed; nor the other fields of a row that some put behind them.
void CandidateSearch::WeighTaken(const std::optional<FieldMemo::Effect>& make_of_all) {
  const double factor_max = make_of_all ? make_of_all->factor : 1;
  const auto is_behind = [&](double score) {
    return best_.size() == wanted_ && score < best_.top();
  };
  for (Hit& hit : LookAlikes()) {
    if (is_behind(hit.score * factor_max)) break;
    const FieldMemo::Effect make = make_of_all ? *make_of_all : memo_.Make(hit.row);
    hit.may_be_meant = hit.score == 1 && !make.contradicts;
    hit.score *= make.factor;
    if (!is_behind(hit.score)) hit.score *= memo_.Calibre(hit.row);
    if (!is_behind(hit.score)) hit.score *= memo_.ModelAndYear(hit.row);
    if (!is_behind(hit.score)) {
      best_score_ = std::max(best_score_, hit.score);
      best_.push(hit.score);
      if (best_.size() > wanted_) best_.pop();
    }
    hits_.push_back(hit);
  }
}

// Their makers contradict, and their serials are not the same.
bool CandidateSearch::AreStrangersBehind() const {
  const double kScoreMax = kLikenessOfOthersMax * kOtherMaker.factor;
  return best_score_ >= 2 * kScoreMax || (best_.size() == wanted_ && best_.top() >= kScoreMax);
}

}  // namespace tracegate

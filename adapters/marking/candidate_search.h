#ifndef TRACEGATE_ADAPTERS_MARKING_CANDIDATE_SEARCH_H_
#define TRACEGATE_ADAPTERS_MARKING_CANDIDATE_SEARCH_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "adapters/marking/field_memo.h"
#include "adapters/marking/posting_table.h"
#include "adapters/marking/serial_keys.h"
#include "adapters/marking/weapon_rows.h"

namespace tracegate {

inline constexpr size_t kRowsLookedAtMax = 512;

// One search for the rows that are worth comparing in earnest.
//
// Lifetime: rows, table and what is asked for outlive it. Thread safety: none; one search is one
// caller's, and run once.
class CandidateSearch {
 public:
  struct Hit {
    uint32_t row = 0;
    double score = 0;  // for ordering
    // As MayBeMeant, or true where only a closer look tells. A serial that is not as written never
    // is: what agrees better than an exact match comes before it.
    bool may_be_meant = false;
  };

  // `forms` as FormsOf the serial asked for.
  CandidateSearch(const WeaponRows& rows, const PostingTable& table, const v1::Item& asked,
                  const std::vector<std::string>& forms, size_t wanted)
      : rows_(rows), table_(table), forms_(forms), wanted_(wanted), memo_(rows, asked) {}

  // The rows whose serials look like one of the forms: the `wanted` best ones, best first, behind them
  // some or all of the others. At most kRowsLookedAtMax are looked at; of rows that share a key, those
  // whose maker, then whose calibre is the one asked for come first. Those of another maker whose number
  // is another too are passed by where others are better by far.
  std::vector<Hit> Run();

  // As FieldMemo.
  ComparedRecord Record(uint32_t row, const SerialReading& serial) {
    return memo_.Record(row, serial);
  }

  // Whether every row with the characters of one of the forms was looked at, and every one that may have
  // them by confusion and is of the maker asked for, or of one that may be it.
  bool SawAllAlike() const { return saw_all_alike_; }

 private:
  // `key` is a place in keys_.
  void TakeUnder(size_t key);
  void TakeStrangers(size_t key);
  void Take(size_t key, uint32_t first_maker, uint32_t end_maker);
  // `make_of_all` is as FieldMemo::Make, where it is the same of all that were taken.
  void WeighTaken(const std::optional<FieldMemo::Effect>& make_of_all);
  std::vector<Hit> LookAlikes();
  bool AreStrangersBehind() const;

  const WeaponRows& rows_;
  const PostingTable& table_;
  const std::vector<std::string>& forms_;
  const size_t wanted_;
  FieldMemo memo_;
  const WeaponGroup group_ = memo_.Group();
  std::vector<AskedKey> keys_;
  std::vector<PostingTable::Entries> buckets_;  // of each key
  std::vector<size_t> rows_left_;               // that may be taken of each
  size_t all_left_ = kRowsLookedAtMax;
  std::vector<PostingTable::Entry> worth_a_look_;
  std::vector<uint32_t> taken_;         // and not yet weighed
  absl::flat_hash_set<uint32_t> seen_;  // rows that were looked at
  std::vector<Hit> hits_;
  // Their scores, the `wanted` best ones.
  std::priority_queue<double, std::vector<double>, std::greater<>> best_;
  double best_score_ = 0;
  bool saw_all_alike_ = true;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CANDIDATE_SEARCH_H_

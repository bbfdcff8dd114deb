#ifndef TRACEGATE_ADAPTERS_MARKING_CANDIDATE_SEARCH_H_
#define TRACEGATE_ADAPTERS_MARKING_CANDIDATE_SEARCH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/marking/field_memo.h"
#include "adapters/marking/posting_table.h"
#include "adapters/marking/weapon_rows.h"

namespace tracegate {

// One search for the rows that are worth comparing in earnest.
//
// Lifetime: rows and table outlive it. Thread safety: none; one search is one caller's.
class CandidateSearch {
 public:
  struct Hit {
    uint32_t row = 0;
    double score = 0;  // for ordering
    // As MayBeMeant, or true where only a closer look tells. A serial that is not as written never
    // is: what agrees better than an exact match comes before it.
    bool may_be_meant = false;
  };

  CandidateSearch(const WeaponRows& rows, const PostingTable& table, const v1::Item& asked)
      : rows_(rows), table_(table), memo_(rows, asked) {}

  // The rows whose serials look like one of the forms: the `wanted` best ones, best first, behind them
  // some or all of the others. At most kRowsLookedAtMax are looked at; of rows that share a key, those
  // whose maker, then whose calibre is the one asked for come first.
  std::vector<Hit> Run(const std::vector<std::string>& forms, size_t wanted);

  // As FieldMemo.
  ComparedRecord Record(uint32_t row, const SerialReading& serial) {
    return memo_.Record(row, serial);
  }

  // Whether every row with the characters of one of the forms was looked at.
  bool SawAllAlike() const { return saw_all_alike_; }

 private:
  using Runs = PostingTable::Runs;

  void Take(PostingTable::Run run);
  void TakePreferred(const Runs& runs, size_t rows_max);
  std::vector<Hit> LookAlikes(const std::vector<std::string>& forms) const;
  void WeighFields(std::vector<Hit>& hits, size_t wanted);

  const WeaponRows& rows_;
  const PostingTable& table_;
  FieldMemo memo_;
  std::vector<uint32_t> taken_;
  bool saw_all_alike_ = true;
};

inline constexpr size_t kRowsLookedAtMax = 512;

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CANDIDATE_SEARCH_H_

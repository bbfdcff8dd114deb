#ifndef TRACEGATE_GATEWAY_TRANSFERS_ROW_EXPLANATIONS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ROW_EXPLANATIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "gateway/transfers/row_totals.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A State's figures and their mirror, and what is made of them.
struct MirrorPair {
  MirrorKey key;
  std::optional<RowTotals> ours;
  std::optional<RowTotals> theirs;
  // UNSPECIFIED: they agree.
  v1::DiscrepancyKind verdict = v1::DISCREPANCY_KIND_UNSPECIFIED;
  bool expected = false;
  std::string text;
  bool told_elsewhere = false;  // in the discrepancy of another pair, whose other half it is
};

// Judges a pair by itself: ONLY_OURS, ONLY_THEIRS, QUANTITY, VALUE, or agreement.
void Judge(MirrorPair* pair);

// Goods under way at the end of a year: what one year has too much, the next has too little. YEAR, expected.
void ExplainByYear(std::vector<MirrorPair>* pairs);

// The same amount under another origin. ORIGIN.
void ExplainByOrigin(std::vector<MirrorPair>* pairs);

// The same amount in another category or subcategory. CATEGORY.
void ExplainByCategory(std::vector<MirrorPair>* pairs);

v1::Discrepancy DiscrepancyOf(const MirrorPair& pair);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ROW_EXPLANATIONS_H_

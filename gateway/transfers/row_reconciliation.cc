#include "gateway/transfers/row_reconciliation.h"

#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "gateway/transfers/row_explanations.h"
#include "gateway/transfers/row_totals.h"

namespace tracegate {
namespace {

using Rows = google::protobuf::RepeatedPtrField<v1::TransferRow>;
using ByBasis = std::map<v1::TransferBasis, RowTotals>;

v1::TransferKind Mirrored(v1::TransferKind kind) {
  switch (kind) {
    case v1::TRANSFER_KIND_EXPORT: return v1::TRANSFER_KIND_IMPORT;
    case v1::TRANSFER_KIND_IMPORT: return v1::TRANSFER_KIND_EXPORT;
    default: return v1::TRANSFER_KIND_UNSPECIFIED;
  }
}

// Some tables tell the origin also where it is the exporter.
std::string OriginOf(const v1::TransferRow& row, const std::string& exporter) {
  const std::string& code = row.origin().iso_code();
  if (code.empty()) return row.origin().verbatim();
  return code == exporter ? "" : code;
}

MirrorKey KeyOf(const v1::TransferRow& row, v1::TransferKind kind, const std::string& exporter) {
  MirrorKey key;
  key.kind = kind;
  key.category = row.category();
  key.subcategory = row.subcategory();
  // The national word for arms of ATT 2(1) would part what belongs together.
  if (row.category() == v1::ARMS_CATEGORY_OTHER) key.national_category = row.national_category();
  key.origin = OriginOf(row, exporter);
  key.year = row.year();
  return key;
}

std::map<MirrorKey, ByBasis> TotalsOf(const Rows& rows, const std::string& partner, bool mirrored,
                                      const std::string& state) {
  std::map<MirrorKey, ByBasis> totals;
  for (const v1::TransferRow& row : rows) {
    if (row.partner_state() != partner) continue;
    const std::string& exporter = row.kind() == v1::TRANSFER_KIND_EXPORT ? state : partner;
    const v1::TransferKind kind = mirrored ? Mirrored(row.kind()) : row.kind();
    totals[KeyOf(row, kind, exporter)][row.basis()].Add(row);
  }
  return totals;
}

// Deliveries where both have them, else licences where both have them, else what there is, deliveries first.
std::pair<RowTotals, RowTotals> OfOneBasis(const ByBasis& ours, const ByBasis& theirs) {
  for (const v1::TransferBasis basis :
       {v1::TRANSFER_BASIS_ACTUAL, v1::TRANSFER_BASIS_AUTHORISED, v1::TRANSFER_BASIS_UNSPECIFIED}) {
    if (ours.contains(basis) && theirs.contains(basis)) return {ours.at(basis), theirs.at(basis)};
  }
  return {std::prev(ours.end())->second, std::prev(theirs.end())->second};
}

std::vector<MirrorPair> PairsOf(std::map<MirrorKey, ByBasis> ours,
                                std::map<MirrorKey, ByBasis> theirs) {
  std::map<MirrorKey, MirrorPair> pairs;
  for (const auto& [key, totals] : ours) {
    MirrorPair& pair = pairs[key];
    const auto found = theirs.find(key);
    if (found == theirs.end()) {
      pair.ours = std::prev(totals.end())->second;
    } else {
      std::tie(pair.ours, pair.theirs) = OfOneBasis(totals, found->second);
    }
  }
  for (const auto& [key, totals] : theirs) {
    if (!ours.contains(key)) pairs[key].theirs = std::prev(totals.end())->second;
  }
  std::vector<MirrorPair> in_order;
  for (auto& [key, pair] : pairs) {
    pair.key = key;
    in_order.push_back(std::move(pair));
  }
  return in_order;
}

}  // namespace

RowReconciliation ReconcileRows(const std::string& state, const std::string& partner_state,
                                const Rows& ours, const Rows& theirs) {
  std::vector<MirrorPair> pairs = PairsOf(TotalsOf(ours, partner_state, false, state),
                                          TotalsOf(theirs, state, true, partner_state));
  for (MirrorPair& pair : pairs) Judge(&pair);
  ExplainByYear(&pairs);
  ExplainByOrigin(&pairs);
  ExplainByCategory(&pairs);
  RowReconciliation reconciliation;
  for (const MirrorPair& pair : pairs) {
    if (pair.verdict == v1::DISCREPANCY_KIND_UNSPECIFIED) {
      ++reconciliation.agreeing;
    } else if (!pair.told_elsewhere) {
      reconciliation.discrepancies.push_back(DiscrepancyOf(pair));
    }
  }
  return reconciliation;
}

}  // namespace tracegate

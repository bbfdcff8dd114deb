#include "gateway/cli/show_reconciliation.h"

#include "gateway/cli/arms_label.h"
#include "gateway/cli/money_text.h"
#include "gateway/cli/show_time.h"
#include "gateway/cli/show_trace.h"
#include "gateway/cli/show_transfer.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

// "2024 export, 12, 17645 EUR"; of none: "none".
std::string SideText(bool is_there, const v1::TransferRow& row) {
  if (!is_there) return "none";
  std::string text = std::to_string(row.year()) + " " +
                     Words(v1::TransferBasis_Name(row.basis()), "TRANSFER_BASIS_") + " " +
                     Words(v1::TransferKind_Name(row.kind()), "TRANSFER_KIND_");
  if (row.has_quantity()) text += ", " + QuantityText(row.quantity());
  if (row.has_value()) text += ", " + MoneyText(row.value());
  return text;
}

std::string WhatOf(const v1::Discrepancy& discrepancy) {
  if (!discrepancy.consignment().empty()) return "consignment " + discrepancy.consignment();
  const v1::TransferRow& row = discrepancy.has_ours() ? discrepancy.ours() : discrepancy.theirs();
  return ArmsLabel(row.category(), row.subcategory());
}

std::string KindOf(const v1::Discrepancy& discrepancy) {
  return Words(v1::DiscrepancyKind_Name(discrepancy.kind()), "DISCREPANCY_KIND_");
}

std::string StateOf(const v1::Discrepancy& discrepancy) {
  if (discrepancy.resolutions().empty()) return discrepancy.expected() ? "open, expected" : "open";
  return Words(v1::ResolutionKind_Name(discrepancy.resolutions().rbegin()->kind()),
               "RESOLUTION_KIND_");
}

}  // namespace

std::string ShowReconciliation(const v1::Reconciliation& reconciliation) {
  return "reconciliation " + reconciliation.reconciliation_id() + "  " + reconciliation.state() +
         " against " + reconciliation.partner_state() + ", " +
         DateText(reconciliation.from_date()) + " to " + DateText(reconciliation.to_date()) +
         "\n  their figures: " + reconciliation.partner_source() + "\n  " +
         std::to_string(reconciliation.rows_agreeing()) + " rows and " +
         std::to_string(reconciliation.consignments_agreeing()) + " consignments agree, " +
         std::to_string(reconciliation.discrepancies()) + " do not (" +
         std::to_string(reconciliation.discrepancies_expected()) + " of them as expected)\n";
}

std::string ShowDiscrepancy(const v1::Discrepancy& discrepancy) {
  std::string out = "discrepancy " + discrepancy.discrepancy_id() + "  " + KindOf(discrepancy) +
                    "  " + StateOf(discrepancy) + "\n  " + WhatOf(discrepancy) + "\n";
  if (!discrepancy.text().empty()) out += "  " + discrepancy.text() + "\n";
  if (discrepancy.has_ours() || discrepancy.has_theirs()) {
    out += "  ours:   " + SideText(discrepancy.has_ours(), discrepancy.ours()) +
           "\n  theirs: " + SideText(discrepancy.has_theirs(), discrepancy.theirs()) + "\n";
  }
  if (!discrepancy.transfer_ids().empty()) {
    out += "  our records: " + ListText(discrepancy.transfer_ids()) + "\n";
  }
  for (const v1::Item& item : discrepancy.missing_items()) {
    out += "  missing: " + ItemText(item) + "\n";
  }
  for (const v1::Item& item : discrepancy.unexpected_items()) {
    out += "  unexpected: " + ItemText(item) + "\n";
  }
  for (const v1::DiscrepancyResolution& resolution : discrepancy.resolutions()) {
    out += "  " + Words(v1::ResolutionKind_Name(resolution.kind()), "RESOLUTION_KIND_") +
           ", says " + AgencyText(resolution.resolving_agency()) + " " +
           DayAndTime(resolution.resolve_time()) + ": " + resolution.explanation() + "\n";
  }
  if (!discrepancy.alert_ids().empty()) {
    out += "  alerts: " + ListText(discrepancy.alert_ids()) + "\n";
  }
  return out;
}

std::string ShowDiscrepancies(const v1::ListDiscrepanciesResponse& list) {
  Table table({"DISCREPANCY", "KIND", "WHAT", "OURS", "THEIRS", "STATE", ""});
  for (const v1::Discrepancy& discrepancy : list.discrepancies()) {
    const bool rows = discrepancy.has_ours() || discrepancy.has_theirs();
    table.Add({discrepancy.discrepancy_id(), KindOf(discrepancy), WhatOf(discrepancy),
               rows ? SideText(discrepancy.has_ours(), discrepancy.ours()) : "",
               rows ? SideText(discrepancy.has_theirs(), discrepancy.theirs()) : "",
               StateOf(discrepancy), discrepancy.text()});
  }
  std::string out = table.empty() ? "none\n" : table.Text();
  if (!list.next_page_token().empty()) {
    out += "more: --page-token " + list.next_page_token() + "\n";
  }
  return out;
}

}  // namespace tracegate

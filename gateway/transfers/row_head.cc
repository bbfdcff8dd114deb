#include "gateway/transfers/row_head.h"

#include <algorithm>
#include <set>

#include "adapters/marking/states.h"
#include "gateway/transfers/authorisation_status.h"

namespace tracegate {
namespace {

std::string CodeOrWords(const v1::Country& country) {
  if (!country.iso_code().empty()) return country.iso_code();
  const v1::Country read = StateCatalogue::Standard().Read(country);
  return read.iso_code().empty() ? read.verbatim() : read.iso_code();
}

std::string Joined(const std::set<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : "; ") + word;
  return joined;
}

const std::string& ModelOf(const v1::TransferLine& line) {
  return line.model().canonical().empty() ? line.model().verbatim() : line.model().canonical();
}

}  // namespace

bool IsCounted(const v1::TransferRecord& record) {
  if (record.kind() != v1::TRANSFER_KIND_EXPORT && record.kind() != v1::TRANSFER_KIND_IMPORT) {
    return false;
  }
  if (record.withheld_from_reports()) return false;
  return record.basis() == v1::TRANSFER_BASIS_ACTUAL || WasGranted(record.authorisation().status());
}

RowHead::RowHead(const v1::TransferRecord& record, const RowLayout& layout)
    : record_(record), layout_(layout) {
  row_.set_basis(record.basis());
  row_.set_kind(record.kind());
  row_.set_year(record.date().year());
  SetPartner();
  SetOrigin();
  if (!layout.intermediate_states) return;
  *row_.mutable_intermediate_states() = record.states().transit();
  row_.mutable_intermediate_states()->MergeFrom(record.states().trans_shipment());
}

void RowHead::SetPartner() {
  const v1::TransferStates& states = record_.states();
  if (record_.kind() == v1::TRANSFER_KIND_IMPORT) {
    if (states.exporting_size() == 1) {
      row_.set_partner_state(states.exporting(0));
    } else {
      problem_ = "it names " + std::to_string(states.exporting_size()) + " exporting States";
    }
    return;
  }
  if (!states.final_destination().empty()) {
    row_.set_partner_state(states.final_destination());
  } else if (states.importing_size() == 1) {
    row_.set_partner_state(states.importing(0));
  } else if (states.importing().empty()) {
    problem_ = "its recipient is of no State";
  } else {
    problem_ = "it names " + std::to_string(states.importing_size()) +
               " importing States and no final destination";
  }
}

// Told only where it is not the exporter.
void RowHead::SetOrigin() {
  const v1::TransferStates& states = record_.states();
  if (states.origin().empty()) return;
  std::set<std::string> origins;
  for (const v1::Country& origin : states.origin()) origins.insert(CodeOrWords(origin));
  for (const std::string& exporter : states.exporting()) origins.erase(exporter);
  origins.erase("");
  if (origins.empty()) return;
  const std::string& only = *origins.begin();
  if (origins.size() == 1 && StateCatalogue::Standard().Find(only) != nullptr) {
    row_.mutable_origin()->set_iso_code(only);
  } else {
    row_.mutable_origin()->set_verbatim(Joined(origins));
  }
}

std::string_view RowHead::Of(const v1::TransferLine& line, v1::TransferRow* head) const {
  const bool quantity = layout_.quantities && line.has_quantity();
  const bool value = layout_.values && line.has_value();
  if (!quantity && !value) {
    return layout_.quantities ? layout_.values ? "it has neither quantity nor value"
                                               : "it has no quantity, and quantities are reported"
                              : "it has no value, and values are reported";
  }
  *head = row_;
  head->set_category(line.category());
  head->set_subcategory(line.subcategory());
  // The national word for arms of ATT 2(1) would part what belongs together.
  if (line.category() == v1::ARMS_CATEGORY_OTHER) {
    head->set_national_category(line.national_category());
  }
  if (layout_.models && line.category() != v1::ARMS_CATEGORY_MISSILES_AND_LAUNCHERS) {
    head->set_model(ModelOf(line));
  }
  if (quantity) head->mutable_quantity()->set_unit(line.quantity().unit());
  if (value) head->mutable_value()->set_currency(line.value().currency());
  return "";
}

v1::TransferRow HeadOf(v1::TransferRow row) {
  row.clear_description();
  row.clear_comments();
  row.clear_lines();
  if (row.has_quantity()) {
    row.mutable_quantity()->clear_amount();
    row.mutable_quantity()->clear_estimated();
  }
  if (row.has_value()) {
    row.mutable_value()->clear_units();
    row.mutable_value()->clear_nanos();
  }
  return row;
}

bool RowCounts(const v1::TransferRow& row, const v1::TransferRecord& record) {
  if (!IsCounted(record) || record.date().year() != row.year()) return false;
  const RowHead heads(record, {row.has_quantity(), row.has_value(),
                               !row.intermediate_states().empty(), !row.model().empty()});
  if (!heads.problem().empty()) return false;
  const std::string asked = HeadOf(row).SerializeAsString();
  v1::TransferRow head;
  return std::any_of(record.lines().begin(), record.lines().end(), [&](const auto& line) {
    return heads.Of(line, &head).empty() && head.SerializeAsString() == asked;
  });
}

}  // namespace tracegate

#include "gateway/cli/show_transfer.h"

#include "gateway/cli/arms_label.h"
#include "gateway/cli/money_text.h"
#include "gateway/cli/show_alert.h"
#include "gateway/cli/show_end_use.h"
#include "gateway/cli/show_time.h"
#include "gateway/cli/show_trace.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

constexpr int kItemsShown = 20;

void Append(const std::string& part, std::string* text) {
  if (part.empty()) return;
  *text += (text->empty() ? "" : ", ") + part;
}

std::string PartyText(const v1::Party& party) {
  std::string text = party.name();
  if (!party.state().empty()) text += (text.empty() ? "" : " ") + ("(" + party.state() + ")");
  return text;
}

void ShowStates(const v1::TransferStates& states, std::string* out) {
  *out += "  from " + ListText(states.exporting()) + " to " +
          (states.importing().empty() ? "no State" : ListText(states.importing()));
  if (!states.transit().empty()) *out += ", through " + ListText(states.transit());
  if (!states.trans_shipment().empty()) {
    *out += ", trans-shipped in " + ListText(states.trans_shipment());
  }
  if (!states.final_destination().empty()) *out += ", to stay in " + states.final_destination();
  *out += "\n";
}

void ShowAuthorisation(const v1::Authorisation& authorisation, std::string* out) {
  *out += "  authorisation " + authorisation.issuing_state() + "/" + authorisation.number() + ", " +
          Words(v1::AuthorisationStatus_Name(authorisation.status()), "AUTHORISATION_STATUS_");
  if (authorisation.has_issue_date()) *out += ", of " + DateText(authorisation.issue_date());
  if (authorisation.has_expiry_date()) *out += " until " + DateText(authorisation.expiry_date());
  *out += authorisation.conditions().empty() ? "\n" : ": " + authorisation.conditions() + "\n";
}

void ShowParties(const v1::TransferRecord& record, std::string* out) {
  const auto show = [&](const char* role, const v1::Party& party) {
    const std::string text = PartyText(party);
    if (!text.empty()) *out += "  " + std::string(role) + " " + text + "\n";
  };
  show("exporter", record.exporter());
  show("importer", record.importer());
  show("consignee", record.consignee());
  show("final recipient", record.final_recipient());
  for (const v1::Party& user : record.end_users()) show("end user", user);
  for (const v1::Party& broker : record.brokers()) show("broker", broker);
  for (const v1::Party& carrier : record.carriers()) show("carrier", carrier);
}

void ShowRecord(const v1::TransferRecord& record, std::string* out) {
  ShowStates(record.states(), out);
  if (record.has_authorisation()) ShowAuthorisation(record.authorisation(), out);
  for (const v1::Clearance& clearance : record.clearances()) {
    *out += "  " + Words(v1::ClearanceKind_Name(clearance.kind()), "CLEARANCE_KIND_") + " of " +
            clearance.state() + " " + (clearance.tacit() ? "(tacit)" : clearance.reference()) +
            (clearance.verified() ? ", verified\n" : "\n");
  }
  ShowParties(record, out);
  if (!record.end_use().empty()) *out += "  end use: " + record.end_use() + "\n";
  if (!record.consignment().empty()) *out += "  consignment " + record.consignment() + "\n";
  for (const v1::TransferLine& line : record.lines()) {
    *out += "  " + std::to_string(line.number()) + ". " + LineText(line) + "\n";
    for (int i = 0; i < line.items_size() && i < kItemsShown; ++i) {
      *out += "       " + ItemText(line.items(i)) + "\n";
    }
    if (line.items_size() > kItemsShown) {
      *out += "       and " + std::to_string(line.items_size() - kItemsShown) + " more\n";
    }
  }
  if (record.withheld_from_reports()) *out += "  left out of what is published\n";
  if (record.temporary()) *out += "  temporary: comes back\n";
  if (!record.remarks().empty()) *out += "  remarks: " + record.remarks() + "\n";
}

std::string RevisionText(const v1::Revision& revision) {
  std::string text = "revision " + std::to_string(revision.number());
  if (revision.newest() > revision.number()) {
    text += " of " + std::to_string(revision.newest()) + ", which is newer";
  }
  if (revision.kind() != v1::AMENDMENT_KIND_UNSPECIFIED) {
    text += ", " + Words(v1::AmendmentKind_Name(revision.kind()), "AMENDMENT_KIND_") + ": " +
            revision.reason();
  }
  return text;
}

void ShowDelivery(const v1::Delivery& delivery, std::string* out) {
  *out += "  arrived " + DateText(delivery.date()) + " in " + delivery.state() + ", says " +
          AgencyText(delivery.confirming_agency());
  if (delivery.lines().empty()) *out += ": all of it";
  for (const v1::DeliveredLine& line : delivery.lines()) {
    *out += "; line " + std::to_string(line.line_number()) + ": " + std::to_string(line.arrived()) +
            " arrived";
    if (line.missing() > 0) *out += ", " + std::to_string(line.missing()) + " missing";
    if (line.unexpected_items_size() > 0) {
      *out += ", " + std::to_string(line.unexpected_items_size()) + " unexpected";
    }
  }
  *out += delivery.remarks().empty() ? "\n" : ". " + delivery.remarks() + "\n";
}

std::string FirstLine(const v1::Transfer& transfer) {
  std::string text = "transfer " + transfer.transfer_id() + "  ";
  if (!transfer.has_record()) return text + "void";
  return text + KindText(transfer.record()) + "  " + DateText(transfer.record().date());
}

}  // namespace

std::string KindText(const v1::TransferRecord& record) {
  std::string text = Words(v1::TransferBasis_Name(record.basis()), "TRANSFER_BASIS_") + " " +
                     Words(v1::TransferKind_Name(record.kind()), "TRANSFER_KIND_");
  if (record.basis() == v1::TRANSFER_BASIS_AUTHORISED && record.has_authorisation()) {
    text += ", " + Words(v1::AuthorisationStatus_Name(record.authorisation().status()),
                         "AUTHORISATION_STATUS_");
  }
  return text;
}

std::string ListText(const google::protobuf::RepeatedPtrField<std::string>& words) {
  std::string text;
  for (const std::string& word : words) Append(word, &text);
  return text;
}

std::string LineText(const v1::TransferLine& line) {
  std::string text = ArmsLabel(line.category(), line.subcategory());
  if (line.has_quantity()) Append(QuantityText(line.quantity()), &text);
  if (line.has_value()) Append(MoneyText(line.value()), &text);
  Append(line.control_list_entry().empty() ? line.national_category() : line.control_list_entry(),
         &text);
  Append(line.hs_code().empty() ? "" : "HS " + line.hs_code(), &text);
  Append(line.manufacturer().verbatim(), &text);
  Append(line.model().verbatim(), &text);
  Append(line.calibre().verbatim(), &text);
  Append(line.description(), &text);
  return text;
}

std::string AgencyText(const v1::Agency& agency) {
  std::string text = agency.state() + "/" + agency.name();
  return agency.reference().empty() ? text : text + ", " + agency.reference();
}

std::string ShowTransfer(const v1::Transfer& transfer) {
  std::string out = FirstLine(transfer) + "\n";
  out += "  " + RevisionText(transfer.revision()) + ", recorded by " +
         AgencyText(transfer.recording_agency()) + " " + DayAndTime(transfer.create_time()) + "\n";
  if (transfer.has_record()) ShowRecord(transfer.record(), &out);
  for (const v1::RecordRemark& remark : transfer.remarks()) {
    out += "  odd: " + remark.field() + ": " + remark.text() + "\n";
  }
  for (const v1::Delivery& delivery : transfer.deliveries()) ShowDelivery(delivery, &out);
  if (transfer.has_delivery_due_date() && transfer.deliveries().empty()) {
    out += "  arrival to be confirmed by " + DateText(transfer.delivery_due_date()) + "\n";
  }
  for (const v1::EndUse& end_use : transfer.end_uses()) out += ShowEndUse(end_use);
  for (const v1::DiversionAlert& alert : transfer.alerts()) out += ShowAlert(alert);
  if (transfer.reassess()) out += "  an answer or alert came in since the assessment (ATT 7(7))\n";
  if (transfer.has_retain_until_date()) {
    out += "  kept until " + DateText(transfer.retain_until_date()) + " at least\n";
  }
  return out;
}

std::string ShowTransfers(const v1::ListTransfersResponse& list) {
  Table table({"TRANSFER", "KIND", "DAY", "FROM", "TO", "WHAT", ""});
  for (const v1::Transfer& transfer : list.transfers()) {
    const v1::TransferRecord& record = transfer.record();
    std::string signs;
    if (!transfer.remarks().empty()) Append("odd", &signs);
    if (!transfer.alerts().empty()) Append("ALERT", &signs);
    if (transfer.reassess()) Append("reassess", &signs);
    if (!transfer.deliveries().empty()) Append("arrived", &signs);
    std::string what;
    if (!record.lines().empty()) what = LineText(record.lines(0));
    if (record.lines_size() > 1) {
      what += ", and " + std::to_string(record.lines_size() - 1) + " more lines";
    }
    table.Add({transfer.transfer_id(), transfer.has_record() ? KindText(record) : "void",
               DateText(record.date()), ListText(record.states().exporting()),
               ListText(record.states().importing()), what, signs});
  }
  std::string out = table.empty() ? "none\n" : table.Text();
  if (!list.next_page_token().empty()) {
    out += "more: --page-token " + list.next_page_token() + "\n";
  }
  return out;
}

std::string ShowAuthorizations(const v1::ListAuthorizationsResponse& list) {
  std::string out;
  for (const v1::AuthorisationDisclosure& told : list.authorisations()) {
    out += KindText(told.record()) + "  " + DateText(told.record().date()) + "  revision " +
           std::to_string(told.revision()) + "\n";
    ShowRecord(told.record(), &out);
    if (!told.withheld_fields().empty()) {
      out += "  withheld: " + ListText(told.withheld_fields()) + "\n";
    }
  }
  if (list.refused()) {
    out += "not told, or not all";
    if (list.legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED) {
      out += " (" + Words(v1::LegalGround_Name(list.legal_ground()), "LEGAL_GROUND_") + ")";
    }
    out += list.explanation().empty() ? "\n" : ": " + list.explanation() + "\n";
  } else if (list.authorisations().empty()) {
    out += "none\n";
  }
  if (!list.next_page_token().empty()) out += "more: --page-token " + list.next_page_token() + "\n";
  return out;
}

}  // namespace tracegate

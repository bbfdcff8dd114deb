#include "gateway/transfers/own_comparison.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "gateway/transfers/authorisation_balance.h"
#include "gateway/transfers/consignment_reconciliation.h"
#include "gateway/transfers/delivery_reconciliation.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

constexpr int kTransfersMax = 200;  // named behind one discrepancy

bool NamesState(const v1::TransferStates& states, const std::string& state) {
  const auto in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), state) != list.end();
  };
  return in(states.exporting()) || in(states.importing()) || states.final_destination() == state;
}

// Within the period as far as is known of its day, and of a category that is asked for.
bool IsAsked(const v1::TransferRecord& record, const v1::ReconcileRequest& asked) {
  if (IsLater(asked.from_date(), record.date())) return false;
  if (asked.categories().empty()) return true;
  return std::any_of(record.lines().begin(), record.lines().end(), [&](const auto& line) {
    return std::find(asked.categories().begin(), asked.categories().end(), line.category()) !=
           asked.categories().end();
  });
}

// One consignment as both States have it.
struct BothSides {
  std::vector<v1::Transfer> exports;
  std::vector<v1::Transfer> imports;
};

// By which the two records of one consignment are brought together: its number, else the exporter's licence.
std::string NameOf(const v1::TransferRecord& record) {
  if (!record.consignment().empty()) return ConsignmentWord(record.consignment());
  if (record.authorisation().number().empty()) return "";
  return AuthorisationWord(record.authorisation().issuing_state() + " " +
                           record.authorisation().number());
}

absl::Status Scan(const StoredTransfers& stored, const std::string& state,
                  const v1::ReconcileRequest& asked,
                  const std::function<absl::Status(const DocumentRow&, v1::Transfer)>& take) {
  DocumentQuery query = DocumentsOf(DocumentKind::kTransfer, state);
  query.from_date = DateText(YearOf(asked.from_date()));
  query.until_date = DateText(asked.to_date());
  return ScanAs<v1::Transfer>(
      stored.store(), query,
      [&](const DocumentRow& row, v1::Transfer transfer) -> absl::StatusOr<bool> {
        if (!transfer.has_record() || !IsAsked(transfer.record(), asked)) return true;
        const absl::Status taken = take(row, std::move(transfer));
        if (!taken.ok()) return taken;
        return true;
      });
}

void AddCases(std::vector<v1::Discrepancy> cases, const std::vector<v1::Transfer>& behind,
              OwnComparison* out) {
  for (v1::Discrepancy& one : cases) {
    for (const v1::Transfer& transfer : behind) {
      if (one.transfer_ids_size() < kTransfersMax) one.add_transfer_ids(transfer.transfer_id());
    }
    out->discrepancies.push_back(std::move(one));
  }
}

void CompareSides(const std::map<std::string, BothSides>& consignments, OwnComparison* out) {
  for (const auto& [name, sides] : consignments) {
    // What one side alone has is for the figures to tell: its number may be written otherwise there.
    if (sides.exports.empty() || sides.imports.empty()) continue;
    ConsignmentReconciliation reconciliation;
    for (const v1::Transfer& sent : sides.exports) reconciliation.AddExport(sent.record());
    for (const v1::Transfer& came : sides.imports) reconciliation.AddImport(came.record());
    auto cases = reconciliation.Finish();
    if (cases.empty()) ++out->agreeing;
    AddCases(std::move(cases), sides.exports, out);
  }
}

}  // namespace

absl::StatusOr<OwnComparison> CompareOwn(const StoredTransfers& stored, const std::string& state,
                                         const v1::ReconcileRequest& asked, bool partner_here,
                                         absl::CivilDay today) {
  OwnComparison out;
  AuthorisationBalance balance;
  std::map<std::string, BothSides> consignments;
  const std::string& partner = asked.partner_state();
  absl::Status status =
      Scan(stored, state, asked, [&](const DocumentRow& row, v1::Transfer transfer) {
        const v1::TransferRecord& record = transfer.record();
        if (!NamesState(record.states(), partner)) return absl::OkStatus();
        balance.Add(row.document_id, record);
        const bool actual = record.basis() == v1::TRANSFER_BASIS_ACTUAL;
        if (!actual || record.kind() != v1::TRANSFER_KIND_EXPORT) return absl::OkStatus();
        const auto deliveries =
            stored.About<v1::Delivery>(DocumentKind::kDelivery, row.document_id);
        if (!deliveries.ok()) return deliveries.status();
        const google::protobuf::RepeatedPtrField<v1::Delivery> said(deliveries->begin(),
                                                                    deliveries->end());
        ConsignmentFinding found =
            CompareWithDeliveries(record, said, transfer.delivery_due_date(), today);
        if (found.course == Course::kArrived) ++out.agreeing;
        AddCases(std::move(found.discrepancies), {transfer}, &out);
        const std::string name = NameOf(record);
        if (partner_here && !name.empty()) {
          consignments[name].exports.push_back(std::move(transfer));
        }
        return absl::OkStatus();
      });
  if (status.ok() && partner_here) {
    status = Scan(stored, partner, asked, [&](const DocumentRow&, v1::Transfer transfer) {
      const v1::TransferRecord& record = transfer.record();
      const bool is_import = record.basis() == v1::TRANSFER_BASIS_ACTUAL &&
                             record.kind() == v1::TRANSFER_KIND_IMPORT &&
                             NamesState(record.states(), state);
      const std::string name = NameOf(record);
      if (is_import && !name.empty()) consignments[name].imports.push_back(std::move(transfer));
      return absl::OkStatus();
    });
  }
  if (!status.ok()) return status;
  CompareSides(consignments, &out);
  out.agreeing += balance.agreeing();
  for (v1::Discrepancy& over : balance.Finish()) out.discrepancies.push_back(std::move(over));
  return out;
}

}  // namespace tracegate

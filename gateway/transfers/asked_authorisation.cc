#include "gateway/transfers/asked_authorisation.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

bool HasStatus(const v1::ListAuthorizationsRequest& asked, v1::AuthorisationStatus status) {
  if (asked.statuses().empty()) {
    return status == v1::AUTHORISATION_STATUS_PENDING || status == v1::AUTHORISATION_STATUS_GRANTED;
  }
  return absl::c_linear_search(asked.statuses(), status);
}

bool HasCategory(const v1::TransferRecord& record, const v1::ListAuthorizationsRequest& asked) {
  if (asked.categories().empty()) return true;
  return std::any_of(
      record.lines().begin(), record.lines().end(), [&](const v1::TransferLine& line) {
        return std::find(asked.categories().begin(), asked.categories().end(), line.category()) !=
               asked.categories().end();
      });
}

}  // namespace

bool Concerns(const v1::TransferRecord& record, const std::string& state, v1::LegalBasis basis) {
  const v1::TransferStates& states = record.states();
  if (states.final_destination() == state) return true;
  if (basis != v1::LEGAL_BASIS_ATT_7_6) return false;
  return absl::c_linear_search(states.importing(), state) ||
         absl::c_linear_search(states.transit(), state) ||
         absl::c_linear_search(states.trans_shipment(), state);
}

bool IsAskedFor(const v1::TransferRecord& record, const v1::ListAuthorizationsRequest& asked) {
  if (record.kind() != v1::TRANSFER_KIND_EXPORT) return false;
  if (record.basis() != v1::TRANSFER_BASIS_AUTHORISED) return false;
  // A given one is asked for by its number, whatever became of it.
  const bool given = asked.legal_basis() == v1::LEGAL_BASIS_ATT_7_6;
  if (!given && !HasStatus(asked, record.authorisation().status())) return false;
  if (!HasCategory(record, asked)) return false;
  if (asked.has_from_date() && IsLater(asked.from_date(), record.date())) return false;
  return !asked.has_to_date() || !IsLater(record.date(), asked.to_date());
}

}  // namespace tracegate

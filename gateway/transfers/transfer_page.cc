#include "gateway/transfers/transfer_page.h"

#include <algorithm>
#include <utility>

#include "absl/time/civil_time.h"
#include "gateway/transfers/row_head.h"
#include "gateway/transfers/transfer_rows.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

template <typename List, typename Value>
bool NamesOrEmpty(const List& list, const Value& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

bool NamesAny(const v1::TransferStates& states, const v1::ListTransfersRequest& request) {
  const auto wanted = [&](const std::string& state) {
    return std::find(request.states().begin(), request.states().end(), state) !=
           request.states().end();
  };
  const auto any = [&](const auto& list) { return std::any_of(list.begin(), list.end(), wanted); };
  return any(states.exporting()) || any(states.importing()) || any(states.transit()) ||
         any(states.trans_shipment()) || wanted(states.final_destination());
}

bool HasCategory(const v1::TransferRecord& record, const v1::ListTransfersRequest& request) {
  return std::any_of(record.lines().begin(), record.lines().end(),
                     [&](const v1::TransferLine& line) {
                       return NamesOrEmpty(request.categories(), line.category());
                     });
}

bool IsOpen(const v1::EndUse& end_use) {
  return end_use.state() == v1::END_USE_STATE_WAITING || end_use.state() == v1::END_USE_STATE_ASKED;
}

// One word decides what the store looks up; the others are looked at in what it finds.
std::string WordOf(const v1::ListTransfersRequest& request) {
  if (!request.serial_number().empty()) {
    const std::string word = SerialWord(request.serial_number());
    return word.empty() ? "serial " + request.serial_number() : word;  // finds nothing
  }
  if (!request.consignment().empty()) return ConsignmentWord(request.consignment());
  if (!request.authorisation_number().empty()) {
    return AuthorisationWord(request.authorisation_number());
  }
  return "";
}

}  // namespace

absl::StatusOr<TransferPage> TransferPage::Of(const Caller& caller,
                                              const v1::ListTransfersRequest& request,
                                              absl::Time now) {
  for (const auto& [field, date] :
       {std::pair{"from_date", &request.from_date()}, std::pair{"to_date", &request.to_date()}}) {
    if (IsRealDate(*date)) continue;
    return FieldFailure(v1::REASON_FIELD_INVALID, field,
                        "is no day, month or year of the calendar");
  }
  TransferPage page(request);
  page.today_ = absl::FormatCivilTime(absl::ToCivilDay(now, absl::UTCTimeZone()));
  page.query_ = DocumentsOf(DocumentKind::kTransfer, caller.state);
  page.query_.key = WordOf(request);
  // A date of which only the year is known stands before all days of that year; Shows looks closer.
  page.query_.from_date = DateText(YearOf(request.from_date()));
  page.query_.until_date = DateText(request.to_date());
  page.query_.newest_first = true;
  return page;
}

bool TransferPage::ShowsRecord(const v1::TransferRecord& record) const {
  if (IsLater(request_.from_date(), record.date())) return false;
  if (!NamesOrEmpty(request_.bases(), record.basis())) return false;
  if (!NamesOrEmpty(request_.kinds(), record.kind())) return false;
  if (!request_.states().empty() && !NamesAny(record.states(), request_)) return false;
  if (!request_.categories().empty() && !HasCategory(record, request_)) return false;
  if (!request_.consignment().empty() && record.consignment() != request_.consignment()) {
    return false;
  }
  if (!request_.authorisation_number().empty() &&
      record.authorisation().number() != request_.authorisation_number()) {
    return false;
  }
  return !request_.has_row() || RowCounts(request_.row(), record);
}

bool TransferPage::ShowsTransfer(const v1::Transfer& transfer) const {
  if (request_.end_use_open() &&
      std::none_of(transfer.end_uses().begin(), transfer.end_uses().end(), &IsOpen)) {
    return false;
  }
  if (request_.delivery_overdue()) {
    const std::string due = DateText(transfer.delivery_due_date());
    if (due.empty() || due >= today_ || !transfer.deliveries().empty()) return false;
  }
  if (request_.reassess() && !transfer.reassess()) return false;
  return !request_.alerted() || !transfer.alerts().empty();
}

}  // namespace tracegate

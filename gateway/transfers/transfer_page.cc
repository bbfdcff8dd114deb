#include "gateway/transfers/transfer_page.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/time/civil_time.h"
#include "gateway/tracing/trace_view.h"
#include "gateway/transfers/row_head.h"
#include "gateway/transfers/transfer_rows.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kPageDefault = 50;
constexpr int kPageMax = 200;
constexpr size_t kIdBytes = 26;

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

absl::Status TokenFailure() {
  return FieldFailure(v1::REASON_PAGE_TOKEN_INVALID, "page_token",
                      "is not a token that was given for this list");
}

}  // namespace

absl::StatusOr<TransferPage> TransferPage::Of(const Caller& caller,
                                              const v1::ListTransfersRequest& request,
                                              absl::Time now) {
  if (request.page_size() < 0 || request.page_size() > kPageMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "page_size", "must be 1 to 200, or 0 for 50");
  }
  for (const auto& [field, date] :
       {std::pair{"from_date", &request.from_date()}, std::pair{"to_date", &request.to_date()}}) {
    if (IsRealDate(*date)) continue;
    return FieldFailure(v1::REASON_FIELD_INVALID, field,
                        "is no day, month or year of the calendar");
  }
  v1::ListTransfersRequest filters = request;
  filters.clear_page_token();
  filters.clear_page_size();
  TransferPage page(request, TokenBinding(caller, filters.SerializeAsString()));
  page.size_ = request.page_size() == 0 ? kPageDefault : request.page_size();
  page.today_ = absl::FormatCivilTime(absl::ToCivilDay(now, absl::UTCTimeZone()));
  page.query_.kind = static_cast<int>(DocumentKind::kTransfer);
  page.query_.state = caller.state;
  page.query_.key = WordOf(request);
  // A date of which only the year is known stands before all days of that year; Shows looks closer.
  page.query_.from_date = DateText(YearOf(request.from_date()));
  page.query_.until_date = DateText(request.to_date());
  page.query_.newest_first = true;
  if (request.page_token().empty()) return page;
  std::string token;
  if (!absl::WebSafeBase64Unescape(request.page_token(), &token) || token.size() <= kIdBytes ||
      token.substr(kIdBytes) != page.binding_) {
    return TokenFailure();
  }
  page.query_.beyond_id = token.substr(0, kIdBytes);
  return page;
}

bool TransferPage::Shows(const v1::Transfer& transfer) const {
  const v1::TransferRecord& record = transfer.record();
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
  if (request_.end_use_open() &&
      std::none_of(transfer.end_uses().begin(), transfer.end_uses().end(), &IsOpen)) {
    return false;
  }
  if (request_.delivery_overdue()) {
    const std::string due = DateText(transfer.delivery_due_date());
    if (due.empty() || due >= today_ || !transfer.deliveries().empty()) return false;
  }
  if (request_.has_row() && !RowCounts(request_.row(), record)) return false;
  if (request_.reassess() && !transfer.reassess()) return false;
  return !request_.alerted() || !transfer.alerts().empty();
}

std::string TransferPage::TokenBehind(const std::string& transfer_id) const {
  return absl::WebSafeBase64Escape(transfer_id + binding_);
}

}  // namespace tracegate

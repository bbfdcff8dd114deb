#include "gateway/transfers/alert_list.h"

#include <algorithm>
#include <utility>

#include "gateway/tracing/page.h"
#include "gateway/transfers/transfer_rows.h"

namespace tracegate {
namespace {

// What one call looks at and tells, whatever it finds.
constexpr int kLookedAtMax = 20'000;
constexpr size_t kPageBytesMax = 512 << 10;

template <typename List, typename Value>
bool Names(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool NamesState(const v1::DiversionAlert& alert, const std::string& state) {
  return alert.raising_agency().state() == state || alert.diversion().state() == state ||
         Names(alert.diversion().route_states(), state) ||
         std::any_of(alert.recipients().begin(), alert.recipients().end(),
                     [&](const auto& recipient) { return recipient.state() == state; });
}

bool IsClosed(const v1::DiversionAlert& alert) {
  return std::any_of(alert.follow_ups().begin(), alert.follow_ups().end(), [&](const auto& word) {
    return word.concluded() && word.agency().state() == alert.raising_agency().state();
  });
}

bool Shows(const v1::ListAlertsRequest& request, const v1::DiversionAlert& alert) {
  if (!request.alert_id().empty() && alert.alert_id() != request.alert_id()) return false;
  if (request.open_only() && IsClosed(alert)) return false;
  const auto& categories = alert.diversion().categories();
  const bool of_category = request.categories().empty() ||
                           std::any_of(categories.begin(), categories.end(), [&](int category) {
                             return Names(request.categories(), category);
                           });
  return of_category &&
         (request.states().empty() ||
          std::any_of(request.states().begin(), request.states().end(),
                      [&](const std::string& state) { return NamesState(alert, state); }));
}

}  // namespace

absl::StatusOr<v1::ListAlertsResponse> ListAlerts(RecordStore* store, const Caller& caller,
                                                  const v1::ListAlertsRequest& request) {
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  auto behind = PageBeginsBehind(caller, request);
  if (!behind.ok()) return behind.status();
  DocumentQuery query = DocumentsOf(DocumentKind::kAlert, caller.state);
  query.newest_first = true;
  query.beyond_id = *std::move(behind);
  v1::ListAlertsResponse response;
  int looked_at = 0;
  size_t bytes = 0;
  std::string last;
  const auto take = [&](const DocumentRow& row, v1::DiversionAlert alert) -> absl::StatusOr<bool> {
    // Only a row behind the page tells that there is another page.
    if (response.alerts_size() == *size || looked_at == kLookedAtMax || bytes >= kPageBytesMax) {
      response.set_next_page_token(PageTokenBehind(caller, request, last));
      return false;
    }
    ++looked_at;
    last = row.document_id;
    if (!Shows(request, alert)) return true;
    bytes += alert.ByteSizeLong();
    *response.add_alerts() = std::move(alert);
    return true;
  };
  const absl::Status scanned = ScanAs<v1::DiversionAlert>(store, query, take);
  if (!scanned.ok()) return scanned;
  return response;
}

}  // namespace tracegate

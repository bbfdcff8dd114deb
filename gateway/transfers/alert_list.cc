#include "gateway/transfers/alert_list.h"

#include <algorithm>
#include <utility>

#include "gateway/transfers/list_page.h"

namespace tracegate {
namespace {

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
  DocumentQuery query = DocumentsOf(DocumentKind::kAlert, caller.state);
  query.newest_first = true;
  v1::ListAlertsResponse response;
  auto next = ListPage<v1::DiversionAlert>(store, caller, request, query,
                                           [&](v1::DiversionAlert alert) -> absl::StatusOr<size_t> {
                                             if (!Shows(request, alert)) return 0;
                                             *response.add_alerts() = std::move(alert);
                                             return response.alerts().rbegin()->ByteSizeLong();
                                           });
  if (!next.ok()) return next.status();
  response.set_next_page_token(*std::move(next));
  return response;
}

}  // namespace tracegate

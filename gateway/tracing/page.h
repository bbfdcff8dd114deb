#ifndef TRACEGATE_GATEWAY_TRACING_PAGE_H_
#define TRACEGATE_GATEWAY_TRACING_PAGE_H_

#include <string>

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"

namespace tracegate {

// Pages of lists. A token says what the page before ended with, and is good for the same caller and filters only: it keeps
// mistakes out; what may be seen is checked row by row.

// How many a page shows: 1 to 200, 0 for 50. FIELD_INVALID naming `page_size`.
absl::StatusOr<int> PageSize(int asked);

// Of a list whose filters are these, serialised.
std::string PageTokenOf(const Caller& caller, const std::string& filters, const std::string& last);
// PAGE_TOKEN_INVALID naming `page_token`.
absl::StatusOr<std::string> LastOfPageBefore(const Caller& caller, const std::string& filters,
                                             const std::string& token);

// What the request asks for, whatever the page.
template <typename Request>
std::string FiltersOf(Request request) {
  request.clear_page_token();
  request.clear_page_size();
  return request.SerializeAsString();
}

// The token that goes on behind `last`, opaque.
template <typename Request>
std::string PageTokenBehind(const Caller& caller, const Request& request, const std::string& last) {
  return PageTokenOf(caller, FiltersOf(request), last);
}

// Behind what the page begins; empty: at the start. PAGE_TOKEN_INVALID.
template <typename Request>
absl::StatusOr<std::string> PageBeginsBehind(const Caller& caller, const Request& request) {
  if (request.page_token().empty()) return std::string();
  return LastOfPageBefore(caller, FiltersOf(request), request.page_token());
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_PAGE_H_

#ifndef TRACEGATE_GATEWAY_TRANSFERS_LIST_PAGE_H_
#define TRACEGATE_GATEWAY_TRANSFERS_LIST_PAGE_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "gateway/tracing/page.h"
#include "gateway/transfers/transfer_rows.h"

namespace tracegate {

// Fills one page of a list of documents, in the query's order. It ends with as many shown as the request asks for, with half
// a mebibyte, or with as many looked at as one call may, whatever it found.
//
// `show(message)`: puts it on the page and gives its bytes, or 0 where the list does not show it. Returns the token of the
// next page; empty where there is none. Errors: those of `show`, the store's, FIELD_INVALID (page_size),
// PAGE_TOKEN_INVALID.
template <typename Message, typename Request, typename Show>
absl::StatusOr<std::string> ListPage(RecordStore* store, const Caller& caller,
                                     const Request& request, DocumentQuery query, Show show) {
  constexpr int kLookedAtMax = 20'000;
  constexpr size_t kBytesMax = 512 << 10;
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  auto behind = PageBeginsBehind(caller, request);
  if (!behind.ok()) return behind.status();
  query.beyond_id = *std::move(behind);
  std::string last;
  std::string next;
  int looked_at = 0;
  int shown = 0;
  size_t bytes = 0;
  const auto take = [&](const DocumentRow& row, Message message) -> absl::StatusOr<bool> {
    // Only a row behind the page tells that there is another page.
    if (shown == *size || looked_at == kLookedAtMax || bytes >= kBytesMax) {
      next = PageTokenBehind(caller, request, last);
      return false;
    }
    ++looked_at;
    last = row.document_id;
    const absl::StatusOr<size_t> added = show(std::move(message));
    if (!added.ok()) return added.status();
    if (*added > 0) ++shown;
    bytes += *added;
    return true;
  };
  const absl::Status scanned = ScanAs<Message>(store, query, take);
  if (!scanned.ok()) return scanned;
  return next;
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_LIST_PAGE_H_

#include "gateway/liaison/hit_watch.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gateway/tracing/trace_view.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::string CursorOf(const Caller& caller, int64_t index) {
  return absl::WebSafeBase64Escape(absl::StrCat(index, " ", AgencyOf(caller)));
}

// Where to go on: behind the entry that the cursor names.
absl::StatusOr<int64_t> StartOf(const Caller& caller, const std::string& cursor) {
  if (cursor.empty()) return 0;
  std::string text;
  int64_t index = 0;
  const bool is_text = absl::WebSafeBase64Unescape(cursor, &text);
  const size_t blank = text.find(' ');
  if (!is_text || blank == std::string::npos || text.substr(blank + 1) != AgencyOf(caller) ||
      !absl::SimpleAtoi(text.substr(0, blank), &index) || index < 0) {
    return FieldFailure(v1::REASON_PAGE_TOKEN_INVALID, "cursor",
                        "is not a cursor that this agency was given");
  }
  return index + 1;
}

absl::Status CheckWatch(const Caller& caller, const v1::WatchHitsRequest& request,
                        const RegistryTable& registries, const SubscriptionBook& subscriptions) {
  if (!registries.Serves(caller.state)) {
    return Failure(v1::REASON_STATE_MISMATCH,
                   "agencies of " + caller.state + " watch hits at their own State's gateway");
  }
  for (int i = 0; i < request.subscription_ids_size(); ++i) {
    const auto found = subscriptions.Find(request.subscription_ids(i));
    if (found && SubscriberOf(*found) == AgencyOf(caller)) continue;
    return FieldFailure(v1::REASON_DOCUMENT_NOT_FOUND,
                        "subscription_ids[" + std::to_string(i) + "]",
                        "there is no subscription " + request.subscription_ids(i) + " of yours");
  }
  return absl::OkStatus();
}

// The owner's side is for the whole State, the searcher's for the agency that asked, a fellow searcher's for the one named.
bool IsFor(const Caller& caller, const v1::HitNotice& notice) {
  switch (notice.side()) {
    case v1::HIT_SIDE_OWNER: return notice.hit().state() == caller.state;
    case v1::HIT_SIDE_FELLOW_SEARCHER: {
      const auto& readers = notice.hit().handling().recipients();
      return std::find(readers.begin(), readers.end(), AgencyOf(caller)) != readers.end();
    }
    default:
      return notice.searcher().state() == caller.state && notice.searcher().name() == caller.agency;
  }
}

}  // namespace

void WatchHits(const Caller& caller, const v1::WatchHitsRequest& request,
               const RegistryTable& registries, const SubscriptionBook& subscriptions,
               HitFeed* feed, HitSink sink) {
  const absl::Status allowed = CheckWatch(caller, request, registries, subscriptions);
  if (!allowed.ok()) return sink.finish(allowed);
  const auto start = StartOf(caller, request.cursor());
  if (!start.ok()) return sink.finish(start.status());
  const std::set<std::string> wanted(request.subscription_ids().begin(),
                                     request.subscription_ids().end());
  HitFeed::Listener listener;
  listener.hear = [caller, wanted, send = std::move(sink.send)](int64_t index,
                                                                const v1::HitNotice& notice) {
    if (!IsFor(caller, notice)) return false;
    if (!wanted.empty() && !wanted.contains(notice.subscription_id())) return false;
    v1::WatchHitsResponse event;
    *event.mutable_hit() = notice;
    event.set_subscription_id(notice.subscription_id());
    event.set_cursor(CursorOf(caller, index));
    return send(event.SerializeAsString());
  };
  listener.gone = std::move(sink.gone);
  listener.end = std::move(sink.finish);
  feed->Listen(caller.state, *start, std::move(listener));
}

}  // namespace tracegate

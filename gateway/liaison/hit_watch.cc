#include "gateway/liaison/hit_watch.h"

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
                        const RegistryTable& registries) {
  if (!registries.Serves(caller.state)) {
    return Failure(v1::REASON_STATE_MISMATCH,
                   "agencies of " + caller.state + " watch hits at their own State's gateway");
  }
  if (request.subscription_ids().empty()) return absl::OkStatus();
  return FieldFailure(v1::REASON_FIELD_INVALID, "subscription_ids",
                      "this gateway keeps no subscriptions; leave it empty");
}

// The owner's side is for the whole State, the searcher's for the agency that asked.
bool IsFor(const Caller& caller, const v1::HitNotice& notice) {
  if (notice.side() == v1::HIT_SIDE_OWNER) return notice.hit().state() == caller.state;
  return notice.searcher().state() == caller.state && notice.searcher().name() == caller.agency;
}

}  // namespace

void WatchHits(const Caller& caller, const v1::WatchHitsRequest& request,
               const RegistryTable& registries, HitFeed* feed, HitSink sink) {
  if (auto status = CheckWatch(caller, request, registries); !status.ok()) {
    return sink.finish(status);
  }
  const auto start = StartOf(caller, request.cursor());
  if (!start.ok()) return sink.finish(start.status());
  HitFeed::Listener listener;
  listener.hear = [caller, send = std::move(sink.send)](int64_t index,
                                                        const v1::HitNotice& notice) {
    if (!IsFor(caller, notice)) return false;
    v1::WatchHitsResponse event;
    *event.mutable_hit() = notice;
    event.set_cursor(CursorOf(caller, index));
    return send(event.SerializeAsString());
  };
  listener.gone = std::move(sink.gone);
  listener.end = std::move(sink.finish);
  feed->Listen(caller.state, *start, std::move(listener));
}

}  // namespace tracegate

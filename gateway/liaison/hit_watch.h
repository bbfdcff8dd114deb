#ifndef TRACEGATE_GATEWAY_LIAISON_HIT_WATCH_H_
#define TRACEGATE_GATEWAY_LIAISON_HIT_WATCH_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "gateway/identity/caller.h"
#include "gateway/liaison/hit_feed.h"
#include "gateway/liaison/subscription_book.h"
#include "gateway/tracing/registry_table.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// Where the events of one WatchHits go. Thread-safe.
struct HitSink {
  // A serialised v1::WatchHitsResponse; false where nobody listens any more.
  std::function<bool(std::string)> send;
  std::function<bool()> gone;
  std::function<void(absl::Status)> finish;
};

// Tells a liaison officer of the hits on records of their own State, of those that their own agency's cross-checks and
// subscriptions made, and of who else asks about their agency's weapons; or what answers some subscriptions alone. From
// behind the cursor on, then each as it happens. The cursor is a place in the gateway's log. STATE_MISMATCH (of no State
// served here), DOCUMENT_NOT_FOUND (a subscription that the agency never had), PAGE_TOKEN_INVALID.
void WatchHits(const Caller& caller, const v1::WatchHitsRequest& request,
               const RegistryTable& registries, const SubscriptionBook& subscriptions,
               HitFeed* feed, HitSink sink);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_HIT_WATCH_H_

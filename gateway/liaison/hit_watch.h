#ifndef TRACEGATE_GATEWAY_LIAISON_HIT_WATCH_H_
#define TRACEGATE_GATEWAY_LIAISON_HIT_WATCH_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "gateway/identity/caller.h"
#include "gateway/liaison/hit_feed.h"
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

// Tells a liaison officer of the hits on records of their own State, and of those that their own agency's cross-checks
// made, from behind the cursor on, then each as it happens. The cursor is a place in the gateway's log. STATE_MISMATCH
// (of no State served here), FIELD_INVALID (a subscription: there are none), PAGE_TOKEN_INVALID.
void WatchHits(const Caller& caller, const v1::WatchHitsRequest& request,
               const RegistryTable& registries, HitFeed* feed, HitSink sink);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_HIT_WATCH_H_

#ifndef TRACEGATE_GATEWAY_LIAISON_SUBSCRIBE_REQUEST_H_
#define TRACEGATE_GATEWAY_LIAISON_SUBSCRIBE_REQUEST_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// The RPC by which subscriptions come about, for the log's headers.
inline constexpr char kSubscribeMethod[] = "/tracegate.v1.LiaisonService/Subscribe";

// Holds a request for a new subscription against what is asked of one: until when, and what a cross-check is held against.
// All violations at once: FIELD_REQUIRED or FIELD_INVALID. Parties and alerts are FIELD_INVALID.
absl::Status CheckNewSubscription(const v1::SubscribeRequest& request, absl::Time now);

// The same for a request to renew one, or to end it: an id, and until when.
absl::Status CheckRenewal(const v1::SubscribeRequest& request, absl::Time now);

// The subscription that is asked for, of the caller's agency; `id` is given by the gateway.
v1::Subscription NewSubscription(const Caller& caller, const v1::SubscribeRequest& request,
                                 std::string id, absl::Time now);

// What its States are asked each time.
v1::CrossCheckRequest StandingQuestion(const v1::Subscription& subscription);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_SUBSCRIBE_REQUEST_H_

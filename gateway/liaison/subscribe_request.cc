#include "gateway/liaison/subscribe_request.h"

#include <string>
#include <utility>

#include "gateway/liaison/cross_check_request.h"
#include "gateway/tracing/timestamp.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

constexpr absl::Duration kAheadMax = absl::Hours(366 * 24);

void CheckExpiry(const v1::SubscribeRequest& request, absl::Time now, Violations* out) {
  out->Require(request.has_expire_time(), "expire_time", "say how long it is needed");
  out->Refuse(FromTimestamp(request.expire_time()) > now + kAheadMax, "expire_time",
              "is more than one year ahead; renew it when that is over");
}

}  // namespace

absl::Status CheckNewSubscription(const v1::SubscribeRequest& request, absl::Time now) {
  Violations out;
  CheckExpiry(request, now, &out);
  out.Refuse(request.has_expire_time() && FromTimestamp(request.expire_time()) <= now,
             "expire_time", "is over already; it would tell nothing");
  out.Refuse(request.has_party(), "party", "this gateway watches weapons; give the item");
  out.Refuse(request.has_alerts(), "alerts",
             "this gateway has no diversion alerts to tell of; give an item");
  const bool has_other_subject = request.has_party() || request.has_alerts();
  v1::CrossCheckRequest question = StandingQuestion(NewSubscription({}, request, "", now));
  if (has_other_subject) question.mutable_item()->mutable_weapon();  // refused above already
  CheckQuestion(question, "in_states", &out);
  return out.status();
}

absl::Status CheckRenewal(const v1::SubscribeRequest& request, absl::Time now) {
  Violations out;
  CheckExpiry(request, now, &out);
  return out.status();
}

v1::Subscription NewSubscription(const Caller& caller, const v1::SubscribeRequest& request,
                                 std::string id, absl::Time now) {
  v1::Subscription subscription;
  subscription.set_subscription_id(std::move(id));
  subscription.set_request_id(request.request_id());
  if (request.has_item()) *subscription.mutable_item() = request.item();
  subscription.mutable_subscriber()->set_state(caller.state);
  subscription.mutable_subscriber()->set_name(caller.agency);
  if (request.has_on_behalf_of()) *subscription.mutable_on_behalf_of() = request.on_behalf_of();
  *subscription.mutable_in_states() = request.in_states();
  *subscription.mutable_grounds() = request.grounds();
  subscription.set_used_in_crime(request.used_in_crime());
  subscription.set_intended_use(request.intended_use());
  subscription.set_justification(request.justification());
  subscription.set_confidentiality(request.confidentiality());
  if (request.has_handling()) *subscription.mutable_handling() = request.handling();
  *subscription.mutable_create_time() = ToTimestamp(now);
  *subscription.mutable_expire_time() = request.expire_time();
  subscription.set_state(v1::SUBSCRIPTION_STATE_ACTIVE);
  return subscription;
}

v1::CrossCheckRequest StandingQuestion(const v1::Subscription& subscription) {
  v1::CrossCheckRequest question;
  if (subscription.has_item()) *question.mutable_item() = subscription.item();
  *question.mutable_requesting_agency() = subscription.subscriber();
  if (subscription.has_on_behalf_of()) {
    *question.mutable_on_behalf_of() = subscription.on_behalf_of();
  }
  *question.mutable_to_states() = subscription.in_states();
  *question.mutable_grounds() = subscription.grounds();
  question.set_used_in_crime(subscription.used_in_crime());
  question.set_intended_use(subscription.intended_use());
  question.set_justification(subscription.justification());
  question.set_confidentiality(subscription.confidentiality());
  if (subscription.has_handling()) *question.mutable_handling() = subscription.handling();
  return question;
}

}  // namespace tracegate

#include "gateway/liaison/subscriptions.h"

#include <optional>
#include <utility>

#include "gateway/liaison/cross_check_request.h"
#include "gateway/liaison/subscribe_request.h"
#include "gateway/liaison/subscription_record.h"
#include "gateway/tracing/admission.h"
#include "gateway/tracing/kept_reply.h"
#include "gateway/tracing/request_check.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/tracing/trace_view.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kFullHint = absl::Minutes(1);
constexpr absl::Duration kChangingHint = absl::Milliseconds(100);

LiaisonHouse WithGate(LiaisonHouse liaison, StepGate* gate) {
  liaison.house.gate = gate;
  return liaison;
}

absl::Status NotFound(const std::string& id) {
  return FieldFailure(v1::REASON_DOCUMENT_NOT_FOUND, "subscription_id",
                      "there is no subscription " + id + " of yours that stands");
}

}  // namespace

Subscriptions::Subscriptions(LiaisonHouse liaison, SubscriptionLimits limits,
                             SubscriptionBook* book, CrossChecks* checks)
    : liaison_(WithGate(std::move(liaison), &gate_)),
      limits_(limits),
      book_(book),
      checks_(checks),
      rounds_(liaison_, limits.ask_every, book, checks) {}

void Subscriptions::Subscribe(const Caller& caller, const v1::SubscribeRequest& request,
                              std::string request_bytes, Reply reply) {
  absl::Status status = CheckRequestId(request.request_id());
  if (status.ok()) status = CheckAdmission(liaison_.house, caller, "", "");
  if (!status.ok()) return reply(status);
  const auto answered = FindAnswered(caller, request);
  if (!answered.ok()) return reply(answered.status());
  if (*answered) return ReplyAgain(caller, **answered, request, std::move(reply));
  const StepGate::Step step(&gate_);
  if (!step) return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  auto subscription =
      request.subscription_id().empty() ? Open(caller, request) : Renew(caller, request);
  if (!subscription.ok()) return reply(subscription.status());
  Record(caller, request, std::move(request_bytes), *std::move(subscription), std::move(reply));
}

absl::StatusOr<v1::Subscription> Subscriptions::Open(const Caller& caller,
                                                     const v1::SubscribeRequest& request) {
  const absl::Time now = liaison_.house.clock();
  absl::Status status = CheckNewSubscription(request, now);
  if (status.ok()) status = CheckMarksOf(ItemReading(request.item()));
  if (!status.ok()) return status;
  v1::Subscription subscription = NewSubscription(caller, request, MakeTraceId(now), now);
  status = checks_->MayAskAnybody(caller, StandingQuestion(subscription));
  if (!status.ok()) return status;
  if (book_->BeginNew(subscription, limits_.per_agency_max)) return subscription;
  return RetryableFailure(v1::REASON_OVERLOADED,
                          AgencyOf(caller) + " has as many subscriptions as one agency may have",
                          kFullHint);
}

absl::StatusOr<v1::Subscription> Subscriptions::Renew(const Caller& caller,
                                                      const v1::SubscribeRequest& request) {
  const absl::Time now = liaison_.house.clock();
  const std::string& id = request.subscription_id();
  if (auto status = CheckRenewal(request, now); !status.ok()) return status;
  const auto found = book_->Find(id);
  if (!found || SubscriberOf(*found) != AgencyOf(caller) || !Stands(*found)) return NotFound(id);
  auto begun = book_->BeginChange(id);
  if (!begun) {
    return RetryableFailure(v1::REASON_OVERLOADED, "the subscription is just being changed",
                            kChangingHint);
  }
  v1::Subscription& subscription = *begun;
  subscription.set_request_id(request.request_id());
  *subscription.mutable_expire_time() = request.expire_time();
  if (FromTimestamp(request.expire_time()) <= now) {
    subscription.set_state(v1::SUBSCRIPTION_STATE_ENDED);
    *subscription.mutable_expire_time() = ToTimestamp(now);
  }
  return *std::move(begun);
}

void Subscriptions::Record(const Caller& caller, const v1::SubscribeRequest& request,
                           std::string request_bytes, v1::Subscription subscription, Reply reply) {
  RecordDraft draft =
      SubscribedDraft(caller, request.request_id(), std::move(request_bytes), subscription);
  liaison_.house.log->Append(
      std::move(draft), [this, caller, request, subscription = std::move(subscription),
                         reply = std::move(reply)](absl::StatusOr<Recorded> recorded) {
        const std::string& id = subscription.subscription_id();
        if (recorded.ok()) {
          TakeEffect(request, subscription);
          return reply(std::move(recorded->reply));
        }
        book_->EndChange(id, std::nullopt);
        // The same request may have been recorded between the look into the store and this.
        const auto answered = FindAnswered(caller, request);
        const bool was_there =
            absl::IsAlreadyExists(recorded.status()) && answered.ok() && answered->has_value();
        if (!was_there) return reply(recorded.status());
        ReplyAgain(caller, **answered, request, reply);
      });
}

void Subscriptions::TakeEffect(const v1::SubscribeRequest& request,
                               const v1::Subscription& subscription) {
  const std::string& id = subscription.subscription_id();
  const bool is_new = request.subscription_id().empty();
  // Before others can find it, so that of two who find each other one was first.
  if (is_new && liaison_.house.tell_inquiry) {
    const v1::CrossCheckRequest question = StandingQuestion(subscription);
    liaison_.house.tell_inquiry({.request = QuestionTo("", question),
                                 .read = ItemReading(subscription.item()),
                                 .handling = subscription.handling(),
                                 .subscription_id = id});
  }
  book_->EndChange(id, subscription);
  if (is_new) return rounds_.AskAtOnce(id);
  rounds_.Changed(id);
}

absl::StatusOr<std::optional<AnsweredRow>> Subscriptions::FindAnswered(
    const Caller& caller, const v1::SubscribeRequest& request) {
  return liaison_.house.store->FindAnswered(AgencyOf(caller), request.request_id());
}

void Subscriptions::ReplyAgain(const Caller& caller, const AnsweredRow& answered,
                               const v1::SubscribeRequest& request, Reply reply) {
  TellAgain(liaison_.house.store, liaison_.house.log, caller, kSubscribeMethod, request, answered,
            std::move(reply));
}

}  // namespace tracegate

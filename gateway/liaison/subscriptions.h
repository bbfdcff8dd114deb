#ifndef TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTIONS_H_
#define TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTIONS_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"
#include "gateway/liaison/cross_checks.h"
#include "gateway/liaison/liaison_house.h"
#include "gateway/liaison/subscription_book.h"
#include "gateway/liaison/subscription_rounds.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

struct SubscriptionLimits {
  int per_agency_max = 0;
  absl::Duration ask_every;  // how often the States of one are asked
};

// The standing questions of liaison officers: new ones, renewals, ends. Each change is durable before it is replied to, and
// the next life of the gateway finds it in the log.
//
// Thread safety: all methods from any thread.
//
// Lifetime: Drain, stop the timers, destroy the log, then the Subscriptions. What is given outlives it.
class Subscriptions {
 public:
  using Reply = std::function<void(absl::StatusOr<std::string>)>;

  Subscriptions(LiaisonHouse liaison, SubscriptionLimits limits, SubscriptionBook* book,
                CrossChecks* checks);

  // `reply` runs once, with the serialised v1::Subscription: durable, receipt included. The same request under the same
  // request_id get the same reply again. Errors: see Subscribe in liaison.proto; FIELD_REQUIRED, FIELD_INVALID,
  // QUALITY_GATE, STATE_MISMATCH, NO_AGREEMENT, CONFIDENTIALITY_NOT_GUARANTEED, REQUEST_ID_REUSED, DOCUMENT_NOT_FOUND
  // (also of one that is over), OVERLOADED, DRAINING.
  void Subscribe(const Caller& caller, const v1::SubscribeRequest& request,
                 std::string request_bytes, Reply reply);

  // Takes up what stands. Once, before calls are served.
  void Begin() { rounds_.Begin(); }

  // Nothing is taken any more.
  void Drain() { gate_.Close(); }

 private:
  absl::StatusOr<v1::Subscription> Open(const Caller& caller, const v1::SubscribeRequest& request);
  absl::StatusOr<v1::Subscription> Renew(const Caller& caller, const v1::SubscribeRequest& request);
  void Record(const Caller& caller, const v1::SubscribeRequest& request, std::string request_bytes,
              v1::Subscription subscription, Reply reply);
  void TakeEffect(const v1::SubscribeRequest& request, const v1::Subscription& subscription);
  // What the request was answered; nothing where it is new.
  absl::StatusOr<std::optional<AnsweredRow>> FindAnswered(const Caller& caller,
                                                          const v1::SubscribeRequest& request);
  void ReplyAgain(const Caller& caller, const AnsweredRow& answered,
                  const v1::SubscribeRequest& request, Reply reply);

  StepGate gate_;
  const LiaisonHouse liaison_;
  const SubscriptionLimits limits_;
  SubscriptionBook* const book_;
  CrossChecks* const checks_;
  SubscriptionRounds rounds_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTIONS_H_

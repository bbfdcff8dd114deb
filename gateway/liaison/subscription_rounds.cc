#include "gateway/liaison/subscription_rounds.h"

#include <algorithm>
#include <random>
#include <utility>

#include "gateway/liaison/subscription_record.h"
#include "gateway/tracing/timestamp.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// Until a turn that could not be taken, or an end that could not be recorded, is tried again.
constexpr absl::Duration kLater = absl::Minutes(1);

// What leaves nobody to ask, today and tomorrow.
bool Revokes(const absl::Status& status) {
  switch (DetailOf(status).reason()) {
    case v1::REASON_NO_AGREEMENT:
    case v1::REASON_CONFIDENTIALITY_NOT_GUARANTEED:
    case v1::REASON_STATE_MISMATCH: return true;
    default: return false;
  }
}

}  // namespace

absl::Duration SubscriptionRounds::Share(double least, double most) const {
  thread_local std::minstd_rand jitter{std::random_device{}()};
  return ask_every_ * std::uniform_real_distribution<double>(least, most)(jitter);
}

void SubscriptionRounds::Begin() {
  const absl::Time now = liaison_.house.clock();
  for (const v1::Subscription& subscription : book_->Active()) {
    AskAt(subscription.subscription_id(), now + Share(0, 1));
  }
}

void SubscriptionRounds::AskAtOnce(const std::string& id) { AskAt(id, liaison_.house.clock()); }

void SubscriptionRounds::AskAt(const std::string& id, absl::Time when) {
  {
    absl::MutexLock lock(&mutex_);
    turns_[id].next = when;
  }
  Changed(id);
}

void SubscriptionRounds::Changed(const std::string& id) {
  const auto subscription = book_->Find(id);
  if (!subscription || !Stands(*subscription)) return Forget(id);
  absl::MutexLock lock(&mutex_);
  WakeAt(id, std::min(turns_[id].next, FromTimestamp(subscription->expire_time())));
}

void SubscriptionRounds::WakeAt(const std::string& id, absl::Time when) {
  Turn& turn = turns_[id];
  liaison_.house.timers->Cancel(turn.timer);
  turn.timer = liaison_.house.timers->At(when, [this, id] { Wake(id); });
}

void SubscriptionRounds::WakeLater(const std::string& id) {
  absl::MutexLock lock(&mutex_);
  WakeAt(id, liaison_.house.clock() + kLater);
}

void SubscriptionRounds::Wake(const std::string& id) {
  const auto subscription = book_->Find(id);
  if (!subscription || !Stands(*subscription)) return Forget(id);
  const absl::Time now = liaison_.house.clock();
  if (now >= FromTimestamp(subscription->expire_time())) {
    return End(id, v1::SUBSCRIPTION_STATE_EXPIRED);
  }
  if (IsDue(id, now)) Ask(*subscription);
  Changed(id);
}

bool SubscriptionRounds::IsDue(const std::string& id, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  Turn& turn = turns_[id];
  if (now < turn.next) return false;
  const bool may_ask = !turn.asking && asking_ < kAtOnceMax;
  turn.next = now + (may_ask ? Share(0.9, 1.1) : kLater);
  if (!may_ask) return false;
  turn.asking = true;
  ++asking_;
  return true;
}

void SubscriptionRounds::Ask(const v1::Subscription& subscription) {
  checks_->AskFor(subscription, [this, id = subscription.subscription_id()](
                                    const absl::Status& status) { Asked(id, status); });
}

void SubscriptionRounds::Asked(const std::string& id, const absl::Status& status) {
  {
    absl::MutexLock lock(&mutex_);
    --asking_;
    const auto turn = turns_.find(id);
    if (turn != turns_.end()) turn->second.asking = false;
  }
  if (Revokes(status)) End(id, v1::SUBSCRIPTION_STATE_REVOKED);
}

void SubscriptionRounds::End(const std::string& id, v1::SubscriptionState state) {
  auto subscription = book_->BeginChange(id);
  // Renewed or ended at this very moment: what comes of that is looked at a little later.
  if (!subscription) return WakeLater(id);
  subscription->set_state(state);
  RecordDraft draft = ChangedDraft(liaison_, *subscription);
  liaison_.house.log->Append(std::move(draft), [this, id, ended = *std::move(subscription)](
                                                   const absl::StatusOr<Recorded>& recorded) {
    if (recorded.ok()) {
      book_->EndChange(id, ended);
      return Forget(id);
    }
    book_->EndChange(id, std::nullopt);
    WakeLater(id);
  });
}

void SubscriptionRounds::Forget(const std::string& id) {
  absl::MutexLock lock(&mutex_);
  const auto turn = turns_.find(id);
  if (turn == turns_.end()) return;
  liaison_.house.timers->Cancel(turn->second.timer);
  turns_.erase(turn);
}

}  // namespace tracegate

#include "gateway/tracing/trace_run.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "gateway/tracing/hop_clock.h"
#include "gateway/tracing/retry_wait.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_state.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool MayTryAgain(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kDeadlineExceeded ||
         status.code() == absl::StatusCode::kResourceExhausted ||
         status.code() == absl::StatusCode::kCancelled;
}

}  // namespace

TraceRun::TraceRun(const House* house, const TracingLimits* limits, TraceKey key, v1::Trace trace,
                   std::optional<ItemReading> read, std::function<void(End)> on_end)
    : house_(house),
      limits_(limits),
      key_(std::move(key)),
      trace_id_(trace.trace_id()),
      on_end_(std::move(on_end)),
      course_(house, limits, std::move(trace), std::move(read), key_.asked_state.empty()) {}

void TraceRun::RecordRequest(std::string request_bytes, std::string agreement_id) {
  absl::MutexLock lock(&mutex_);
  unrecorded_.push_back(
      RequestEntry(key_, course_.trace(), std::move(request_bytes), std::move(agreement_id)));
}

void TraceRun::Proceed() {
  const StepGate::Step step(house_->gate);
  if (!step) return;
  std::vector<Asking> askings;
  {
    absl::MutexLock order(&commit_order_);
    RecordDraft draft;
    {
      absl::MutexLock lock(&mutex_);
      if (ended_) return;
      const absl::Time now = house_->clock();
      const bool expired = course_.expired(now);
      if (!expired) askings = MarkAsked(now);
      if (askings.empty() && course_.open() && !expired) {
        return WakeAt(0, FromTimestamp(course_.trace().expire_time()));
      }
      const bool abroad = std::any_of(askings.begin(), askings.end(), [&](const Asking& asking) {
        return course_.AsksAbroad(*course_.hop(asking.hop_number));
      });
      if (abroad) draft = TakeDraft();
    }
    if (!draft.entries.empty()) {
      return house_->log->Append(
          std::move(draft),
          [self = shared_from_this(), askings = std::move(askings)](auto recorded) mutable {
            if (!recorded.ok()) return self->Abandon(recorded.status());
            self->Notify();
            self->AskAll(std::move(askings));
          });
    }
  }
  if (askings.empty()) return Finish();
  AskAll(std::move(askings));
}

std::vector<TraceRun::Asking> TraceRun::MarkAsked(absl::Time now) {
  std::vector<Asking> askings;
  for (v1::Hop* hop : course_.HopsToAsk(now)) {
    askings.push_back({hop->number(), course_.Question(*hop)});
    course_.Asked(hop, askings.back().question, now);
  }
  return askings;
}

void TraceRun::AskAll(std::vector<Asking> askings) {
  for (Asking& asking : askings) Ask(std::move(asking));
}

void TraceRun::Ask(Asking asking) {
  const StepGate::Step step(house_->gate);
  if (!step) return;
  const Registry* registry = house_->registries->ForState(asking.question.request().to_state());
  RegistryCall call;
  call.deadline = house_->clock() + registry->timeout;
  call.cancelled = cancel_.get_token();
  adapter::v1::FindRequest question = asking.question;
  registry->adapter->Find(std::move(call), std::move(question),
                          [self = shared_from_this(), asking = std::move(asking)](auto found) {
                            self->OnFound(asking, std::move(found));
                          });
}

void TraceRun::OnFound(const Asking& asking, Found found) {
  const StepGate::Step step(house_->gate);
  if (!step) return;
  const bool later = found.ok() ? found->has_pending() : MayTryAgain(found.status());
  if (later) return Wait(asking, found);
  TakeWord(asking, std::move(found));
}

void TraceRun::TakeWord(const Asking& asking, Found found) {
  {
    absl::MutexLock lock(&mutex_);
    v1::Hop* hop = AskedHop(asking.hop_number);
    if (hop == nullptr) return;
    const absl::Time now = house_->clock();
    if (found.ok() && found->has_withdrawn()) {
      course_.TakeBack(hop, now);
    } else {
      absl::Status taken = found.status();
      if (found.ok()) taken = course_.TakeAnswer(hop, &*found, now);
      if (!taken.ok()) course_.Fail(hop, taken, now);
      if (AwaitsClarification(*hop)) SeekOn(hop, asking.question, now);
    }
  }
  Proceed();
}

void TraceRun::SeekOn(v1::Hop* hop, const adapter::v1::FindRequest& question, absl::Time now) {
  if (course_.HasMoreToSay(*hop, question)) return course_.Wake(hop);
  course_.Fail(hop, Failure(v1::REASON_PEER_REFUSED, hop->to_state() + " does not clarify it"),
               now);
}

void TraceRun::Wait(const Asking& asking, const Found& found) {
  std::string_view owed;
  std::string state;
  bool has_more_to_say = false;
  {
    absl::MutexLock order(&commit_order_);
    RecordDraft draft;
    {
      absl::MutexLock lock(&mutex_);
      v1::Hop* hop = AskedHop(asking.hop_number);
      if (hop == nullptr) return;
      const absl::Time now = house_->clock();
      state = hop->to_state();
      has_more_to_say = course_.HasMoreToSay(*hop, asking.question);
      if (has_more_to_say) {
        course_.Wake(hop);
      } else {
        const absl::Time again = NoteWaiting(hop, found, now);
        owed = course_.Escalate(hop, now);
        draft = TakeDraft();
        course_.Rest();
        WakeAt(asking.hop_number, again);
      }
    }
    if (!draft.entries.empty()) {  // else there is nothing new to record of the same failure
      house_->log->Append(std::move(draft), [self = shared_from_this()](const auto& recorded) {
        if (!recorded.ok()) return self->Abandon(recorded.status());
        self->Notify();
      });
    }
  }
  if (has_more_to_say) return Proceed();
  if (!owed.empty() && house_->tell_overdue) house_->tell_overdue(trace_id_, state, owed);
}

absl::Time TraceRun::NoteWaiting(v1::Hop* hop, const Found& found, absl::Time now) {
  absl::Time again = house_->clock() + RetryWait(*limits_, hop->failure().attempts());
  if (!found.ok()) {
    course_.Wait(hop, found.status(), again, now);
  } else {
    const adapter::v1::Pending& pending = found->pending();
    const absl::Time latest = FromTimestamp(pending.ask_again_time());
    const bool at_own_desk = pending.has_desk() && !course_.IsPeer(*hop);
    again = at_own_desk ? latest : std::max(again, latest);
    if (!at_own_desk)
      course_.Wait(hop, Failure(v1::REASON_PEER_WORKING, pending.message()), again, now);
    if (at_own_desk || course_.IsPeer(*hop)) course_.LieAtDesk(hop, pending, now);
  }
  return NextLook(*hop, now, again);
}

v1::Hop* TraceRun::AskedHop(int hop_number) {
  if (ended_) return nullptr;
  v1::Hop* hop = course_.hop(hop_number);
  return hop->state() == v1::HOP_STATE_ASKED ? hop : nullptr;
}

void TraceRun::WakeAt(int hop_number, absl::Time when) {
  const absl::Time end = FromTimestamp(course_.trace().expire_time());
  const auto former = timers_.find(hop_number);
  if (former != timers_.end()) house_->timers->Cancel(former->second);
  timers_[hop_number] = house_->timers->At(
      std::min(when, end), [self = shared_from_this(), hop_number] { self->Wake(hop_number); });
}

void TraceRun::Wake(int hop_number) {
  {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    // An officer may have answered it meanwhile, and the trace gone on.
    v1::Hop* hop = hop_number == 0 ? nullptr : course_.hop(hop_number);
    if (hop != nullptr && hop->state() == v1::HOP_STATE_WAITING) course_.Wake(hop);
  }
  Proceed();
}

void TraceRun::CancelTimers() {
  for (const auto& [hop_number, timer] : std::exchange(timers_, {})) house_->timers->Cancel(timer);
}

void TraceRun::Resume() {
  {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = house_->clock();
    for (int number = 1; number <= course_.trace().hops_size(); ++number) {
      v1::Hop* hop = course_.hop(number);
      if (!IsOpen(*hop)) continue;
      const absl::Time next = FromTimestamp(hop->failure().next_attempt_time());
      if (hop->state() == v1::HOP_STATE_WAITING && next > now) {
        WakeAt(number, next);
      } else {
        course_.Wake(hop);
      }
    }
  }
  Proceed();
}

}  // namespace tracegate

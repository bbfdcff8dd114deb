#include "gateway/tracing/trace_run.h"

#include <algorithm>
#include <random>
#include <string_view>
#include <utility>

#include "gateway/tracing/hop_clock.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_state.h"
#include "google/protobuf/util/message_differencer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool MayTryAgain(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kDeadlineExceeded ||
         status.code() == absl::StatusCode::kResourceExhausted ||
         status.code() == absl::StatusCode::kCancelled;
}

// Leaves the reply time to be recorded and to travel.
absl::Time ReplyTime(absl::Time now, absl::Time deadline, absl::Duration wait_max) {
  const absl::Duration left = std::min(deadline - now, wait_max);
  const absl::Duration margin = std::clamp(left / 10, absl::Milliseconds(20), absl::Seconds(1));
  return now + std::max(left - margin, left / 2);
}

// Who asks for an ended trace while somebody tries in vain to open it again.
constexpr absl::Duration kLookHint = absl::Milliseconds(100);

absl::Status Stopping() { return Failure(v1::REASON_DRAINING, "the gateway is stopping"); }

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

bool TraceRun::AwaitReply(absl::Time deadline, Reply reply) {
  absl::MutexLock lock(&mutex_);
  if (ended_ || house_->gate->closed()) return false;
  const uint64_t number = audience_.NextNumber();
  const absl::Time when = ReplyTime(house_->clock(), deadline, limits_->reply_wait_max);
  const auto timer = house_->timers->At(
      when, [self = shared_from_this(), number] { self->ReplyInProgress(number); });
  audience_.Add({number, std::move(reply), timer});
  return true;
}

void TraceRun::Watch(Watcher watcher, int64_t seen) {
  std::string bytes;
  bool over = false;
  {
    absl::MutexLock lock(&mutex_);
    const v1::Trace& trace = course_.trace();
    if (trace.revision() > seen) bytes = trace.SerializeAsString();
    over = ended_ || house_->gate->closed();
    if (!over) audience_.Add(watcher, std::max(seen, trace.revision()));
  }
  if (over || !bytes.empty()) watcher(bytes, over);
}

// --- asking ---

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
            self->Notify(false);
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
        self->Notify(false);
      });
    }
  }
  if (has_more_to_say) return Proceed();
  if (!owed.empty() && house_->tell_overdue) house_->tell_overdue(trace_id_, state, owed);
}

absl::Time TraceRun::NoteWaiting(v1::Hop* hop, const Found& found, absl::Time now) {
  absl::Time again = RetryTime(hop->failure().attempts());
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

absl::Time TraceRun::RetryTime(int attempts) const {
  thread_local std::minstd_rand jitter{std::random_device{}()};
  const double share = std::uniform_real_distribution<double>(0.8, 1.2)(jitter);
  const absl::Duration wait =
      std::min(limits_->retry_first * (int64_t{1} << std::min(attempts, 20)), limits_->retry_max);
  return house_->clock() + wait * share;
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

// --- steps of others ---

bool TraceRun::Do(const TraceAct& act, v1::Agency who, bool is_peer, EntryDraft request,
                  Reply reply) {
  const StepGate::Step gate(house_->gate);
  if (!gate) {
    reply(Stopping());
    return true;
  }
  absl::ReleasableMutexLock order(&commit_order_);
  RecordDraft draft;
  absl::Status done;
  bool untouched = false;
  {
    absl::MutexLock lock(&mutex_);
    if (ended_) return false;
    const auto hop = act({&course_, std::move(who), is_peer, house_->clock()});
    done = hop.status();
    if (done.ok()) {
      if (*hop != nullptr) request.header.set_agreement_id((*hop)->agreement_id());
      unrecorded_.push_back(request);
      draft = TakeDraft();
      AddReplyTo(request, &draft);
    } else if (course_.trace().has_finding()) {
      untouched = ended_ = true;  // it was taken up for this act alone
    }
  }
  if (!done.ok()) {
    order.Release();
    reply(done);
    if (untouched) Leave();
    return true;
  }
  house_->log->Append(std::move(draft),
                      [self = shared_from_this(), reply = std::move(reply)](auto recorded) {
                        if (!recorded.ok()) {
                          reply(recorded.status());
                          return self->Abandon(recorded.status());
                        }
                        reply(std::move(recorded->reply));
                        self->Notify(false);
                        self->Proceed();
                      });
  return true;
}

void TraceRun::Leave() {
  for (auto& waiter : TakeWaiters()) {
    waiter.reply(
        RetryableFailure(v1::REASON_OVERLOADED, "the trace was just looked at", kLookHint));
  }
  on_end_(End::kClosed);
}

// --- ending ---

void TraceRun::Finish() {
  absl::MutexLock order(&commit_order_);
  RecordDraft draft;
  {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    ended_ = true;
    CancelTimers();
    course_.Conclude(house_->clock());
    draft = TakeDraft();
    const bool told = audience_.anybody_waits();
    AddReply(*house_, key_, course_.trace(),
             told ? v1::ENTRY_KIND_ANSWER_DISCLOSED : v1::ENTRY_KIND_TRACE_ENDED, &draft);
    draft.trace->open = false;
    draft.trace->body.clear();  // the reply's entry holds it
  }
  house_->log->Append(std::move(draft), [self = shared_from_this()](auto recorded) {
    self->Closed(std::move(recorded));
  });
}

void TraceRun::Closed(absl::StatusOr<Recorded> recorded) {
  if (!recorded.ok()) return Abandon(recorded.status());
  Notify(true);
  for (auto& waiter : TakeWaiters()) waiter.reply(recorded->reply);
  on_end_(End::kClosed);
}

void TraceRun::Abandon(const absl::Status& why) {
  {
    absl::MutexLock lock(&mutex_);
    ended_ = true;  // what comes in late is dropped: its earlier part is not on record
    CancelTimers();
  }
  for (auto& waiter : TakeWaiters()) waiter.reply(why);
  on_end_(End::kAbandoned);
}

void TraceRun::ReplyInProgress(uint64_t number) {
  absl::MutexLock order(&commit_order_);
  RecordDraft draft;
  Reply reply;
  {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    auto waiter = audience_.Take(number);
    if (!waiter) return;
    reply = std::move(waiter->reply);
    draft = TakeDraft();
    AddReply(*house_, key_, course_.trace(), v1::ENTRY_KIND_ANSWER_DISCLOSED, &draft);
  }
  house_->log->Append(std::move(draft),
                      [self = shared_from_this(), reply = std::move(reply)](auto recorded) {
                        if (recorded.ok()) return reply(std::move(recorded->reply));
                        reply(recorded.status());
                        self->Abandon(recorded.status());
                      });
}

void TraceRun::Drain() {
  std::vector<uint64_t> waiting;
  {
    absl::MutexLock lock(&mutex_);
    waiting = audience_.numbers();
  }
  for (const uint64_t number : waiting) ReplyInProgress(number);
  cancel_.request_stop();
  Notify(true);
}

void TraceRun::Notify(bool ended) {
  std::vector<Watcher> watchers;
  std::string bytes;
  {
    absl::MutexLock lock(&mutex_);
    if (!audience_.anybody_watches()) return;
    bytes = course_.trace().SerializeAsString();
    watchers = audience_.Hear(course_.trace().revision(), ended);
  }
  for (const Watcher& watcher : watchers) watcher(bytes, ended);
}

v1::Trace TraceRun::Snapshot() {
  absl::MutexLock lock(&mutex_);
  return course_.trace();
}

std::string TraceRun::Bytes() {
  absl::MutexLock lock(&mutex_);
  return course_.trace().SerializeAsString();
}

bool TraceRun::AsksTheSame(const v1::TraceRequest& request) {
  absl::MutexLock lock(&mutex_);
  return google::protobuf::util::MessageDifferencer::Equals(course_.trace().request(), request);
}

std::vector<TraceAudience::Waiter> TraceRun::TakeWaiters() {
  std::vector<TraceAudience::Waiter> waiters;
  {
    absl::MutexLock lock(&mutex_);
    waiters = audience_.TakeAll();
  }
  for (const auto& waiter : waiters) house_->timers->Cancel(waiter.timer);
  return waiters;
}

RecordDraft TraceRun::TakeDraft() {
  RecordDraft draft;
  draft.entries = std::exchange(unrecorded_, {});
  for (EntryDraft& entry : course_.TakeEntries()) draft.entries.push_back(std::move(entry));
  draft.trace = OpenRow(key_, course_.trace());
  return draft;
}

}  // namespace tracegate

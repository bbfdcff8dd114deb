// Whom a trace's run replies to: who waits, who watches, who does something to the trace; and how it ends.
#include <algorithm>
#include <utility>

#include "gateway/tracing/reply_time.h"
#include "gateway/tracing/trace_run.h"
#include "google/protobuf/util/message_differencer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// Who asks for an ended trace while somebody tries in vain to open it again.
constexpr absl::Duration kLookHint = absl::Milliseconds(100);

absl::Status Stopping() { return Failure(v1::REASON_DRAINING, "the gateway is stopping"); }

}  // namespace

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
  if (over || !bytes.empty()) watcher.hear(bytes, over);
}

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
                        self->Notify();
                        self->Proceed();
                      });
  return true;
}

void TraceRun::Leave() {
  for (auto& waiter : TakeWaiters()) {
    waiter.reply(
        RetryableFailure(v1::REASON_OVERLOADED, "the trace was just looked at", kLookHint));
  }
  Gone(End::kClosed);
}

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
  TellTheEnd(true);
  for (auto& waiter : TakeWaiters()) waiter.reply(recorded->reply);
  Gone(End::kClosed);
}

void TraceRun::Abandon(const absl::Status& why) {
  {
    absl::MutexLock lock(&mutex_);
    ended_ = true;  // what comes in late is dropped: its earlier part is not on record
    CancelTimers();
  }
  TellTheEnd(false);
  for (auto& waiter : TakeWaiters()) waiter.reply(why);
  Gone(End::kAbandoned);
}

void TraceRun::Gone(End end) {
  std::vector<std::function<void(End)>> once_gone;
  {
    absl::MutexLock lock(&mutex_);
    if (gone_) return;
    gone_ = end;
    once_gone.swap(once_gone_);
  }
  on_end_(end);
  for (const auto& then : once_gone) then(end);
}

void TraceRun::OnceGone(std::function<void(End)> then) {
  {
    absl::MutexLock lock(&mutex_);
    if (!gone_) return once_gone_.push_back(std::move(then));
  }
  then(*gone_);
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
  TellTheEnd(true);
}

void TraceRun::Notify() {
  TraceAudience::Watchers watchers;
  std::string bytes;
  {
    absl::MutexLock lock(&mutex_);
    if (!audience_.anybody_watches()) return;
    bytes = course_.trace().SerializeAsString();
    watchers = audience_.Hear(course_.trace().revision());
  }
  for (const auto& watching : watchers) watching->watcher.hear(bytes, false);
}

void TraceRun::TellTheEnd(bool recorded) {
  TraceAudience::Watchers watchers;
  std::string bytes;
  {
    absl::MutexLock lock(&mutex_);
    watchers = audience_.LetGo();
    if (!watchers.empty() && recorded) bytes = course_.trace().SerializeAsString();
  }
  for (const auto& watching : watchers) watching->watcher.hear(bytes, true);
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

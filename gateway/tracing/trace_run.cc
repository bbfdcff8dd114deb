#include "gateway/tracing/trace_run.h"

#include <algorithm>
#include <random>
#include <string_view>
#include <utility>

#include "gateway/tracing/desk_work.h"
#include "gateway/tracing/timestamp.h"
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

}  // namespace

TraceRun::TraceRun(const House* house, const TracingLimits* limits, Key key, v1::Trace trace,
                   ItemReading read, std::function<void(End)> on_end)
    : house_(house),
      limits_(limits),
      key_(std::move(key)),
      trace_id_(trace.trace_id()),
      on_end_(std::move(on_end)),
      course_(house, limits, std::move(trace), std::move(read), key_.asked_state.empty()) {}

void TraceRun::RecordRequest(std::string request_bytes, std::string agreement_id) {
  EntryDraft entry;
  entry.header.set_kind(v1::ENTRY_KIND_REQUEST_RECEIVED);
  entry.header.set_actor(key_.actor);
  entry.header.set_method(kCreateTraceMethod);
  entry.header.set_trace_id(trace_id_);
  entry.header.set_to_state(key_.asked_state);
  entry.header.set_agreement_id(std::move(agreement_id));
  entry.content = std::move(request_bytes);
  absl::MutexLock lock(&mutex_);
  entry.header.set_state(course_.trace().request().requesting_agency().state());
  unrecorded_.push_back(std::move(entry));
}

bool TraceRun::AwaitReply(absl::Time deadline, Reply reply) {
  absl::MutexLock lock(&mutex_);
  if (ended_ || house_->gate->closed()) return false;
  const uint64_t number = next_waiter_++;
  const absl::Time when = ReplyTime(house_->clock(), deadline, limits_->reply_wait_max);
  const auto timer = house_->timers->At(
      when, [self = shared_from_this(), number] { self->ReplyInProgress(number); });
  waiters_.push_back({number, std::move(reply), timer});
  return true;
}

void TraceRun::Watch(Watcher watcher) {
  std::string bytes;
  bool over = false;
  {
    absl::MutexLock lock(&mutex_);
    bytes = course_.trace().SerializeAsString();
    over = ended_ || house_->gate->closed();
    if (!over) watchers_.push_back(watcher);
  }
  watcher(bytes, over);
}

void TraceRun::Proceed(int waiting_hop) {
  const StepGate::Step step(house_->gate);
  if (!step) return;
  adapter::v1::FindRequest question;
  int hop_number = 0;
  {
    absl::MutexLock order(&commit_order_);
    RecordDraft draft;
    {
      absl::MutexLock lock(&mutex_);
      if (ended_) return;
      // An officer may have answered it meanwhile, and the trace gone on.
      if (waiting_hop != 0 && course_.hop(waiting_hop)->state() != v1::HOP_STATE_WAITING) return;
      const absl::Time now = house_->clock();
      v1::Hop* hop = course_.expired(now) ? nullptr : course_.NextHop(now);
      if (hop != nullptr) {
        hop_number = hop->number();
        question = course_.Question(*hop);
        course_.Asked(hop, question, now);
        if (course_.AsksAbroad(*hop)) draft = TakeDraft();
      }
    }
    if (!draft.entries.empty()) {
      return house_->log->Append(std::move(draft),
                                 [self = shared_from_this(), hop_number,
                                  question = std::move(question)](auto recorded) mutable {
                                   if (!recorded.ok()) return self->Abandon(recorded.status());
                                   self->Notify(false);
                                   self->Ask(hop_number, std::move(question));
                                 });
    }
  }
  if (hop_number == 0) return Finish();
  Ask(hop_number, std::move(question));
}

void TraceRun::Ask(int hop_number, adapter::v1::FindRequest question) {
  const StepGate::Step step(house_->gate);
  if (!step) return;
  const Registry* registry = house_->registries->ForState(question.request().to_state());
  RegistryCall call;
  call.deadline = house_->clock() + registry->timeout;
  call.cancelled = cancel_.get_token();
  registry->adapter->Find(std::move(call), std::move(question),
                          [self = shared_from_this(), hop_number](auto found) {
                            self->OnFound(hop_number, std::move(found));
                          });
}

void TraceRun::OnFound(int hop_number, absl::StatusOr<adapter::v1::FindResponse> found) {
  const StepGate::Step step(house_->gate);
  if (!step) return;
  const absl::Time now = house_->clock();
  if (!found.ok() && MayTryAgain(found.status())) {
    return WaitForHop(hop_number, found.status(), absl::InfinitePast());
  }
  if (found.ok() && found->has_pending()) {
    return WaitForAnswer(hop_number, found->pending());
  }
  {
    absl::MutexLock lock(&mutex_);
    v1::Hop* hop = AskedHop(hop_number);
    if (hop == nullptr) return;
    absl::Status taken = found.status();
    if (found.ok()) taken = course_.TakeAnswer(hop, &*found, now);
    if (!taken.ok()) course_.Fail(hop, taken, now);
  }
  Proceed();
}

void TraceRun::WaitForHop(int hop_number, const absl::Status& why, absl::Time again) {
  absl::MutexLock order(&commit_order_);
  RecordDraft draft;
  {
    absl::MutexLock lock(&mutex_);
    v1::Hop* hop = AskedHop(hop_number);
    if (hop == nullptr) return;
    const absl::Time now = house_->clock();
    again = std::max(again, RetryTime(hop->failure().attempts()));
    course_.Wait(hop, why, again, now);
    draft = TakeDraft();
  }
  AskLater(hop_number, std::move(draft), again);
}

void TraceRun::WaitForAnswer(int hop_number, const adapter::v1::Pending& pending) {
  const absl::Time latest = FromTimestamp(pending.ask_again_time());
  const absl::Status working = Failure(v1::REASON_PEER_WORKING, pending.message());
  if (!pending.has_desk()) return WaitForHop(hop_number, working, latest);
  absl::MutexLock order(&commit_order_);
  RecordDraft draft;
  absl::Time again;
  std::string state;
  std::string_view owed;
  {
    absl::MutexLock lock(&mutex_);
    v1::Hop* hop = AskedHop(hop_number);
    if (hop == nullptr) return;
    const absl::Time now = house_->clock();
    state = hop->to_state();
    if (course_.IsPeer(*hop)) {
      again = std::max(latest, RetryTime(hop->failure().attempts()));
      course_.Wait(hop, working, again, now);
      course_.LieAtDesk(hop, pending, now);
    } else {
      course_.LieAtDesk(hop, pending, now);
      again = NextLookAtDesk(hop->desk(), now, latest);
      owed = OverdueAtDesk(hop->desk(), now);
    }
    draft = TakeDraft();
  }
  if (!owed.empty() && house_->tell_overdue) house_->tell_overdue(trace_id_, state, owed);
  AskLater(hop_number, std::move(draft), again);
}

void TraceRun::AskLater(int hop_number, RecordDraft draft, absl::Time again) {
  if (!draft.entries.empty()) {  // else there is nothing new to record of the same failure
    house_->log->Append(std::move(draft), [self = shared_from_this()](const auto& recorded) {
      if (!recorded.ok()) return self->Abandon(recorded.status());
      self->Notify(false);
    });
  }
  house_->timers->At(again, [self = shared_from_this(), hop_number] { self->Proceed(hop_number); });
}

v1::Hop* TraceRun::AskedHop(int hop_number) {
  if (ended_) return nullptr;
  v1::Hop* hop = course_.hop(hop_number);
  return hop->state() == v1::HOP_STATE_ASKED ? hop : nullptr;
}

void TraceRun::AtDesk(const DeskStep& step, const v1::Agency& officer, EntryDraft request,
                      Reply reply) {
  const StepGate::Step gate(house_->gate);
  if (!gate) return reply(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  absl::ReleasableMutexLock order(&commit_order_);
  RecordDraft draft;
  absl::Status done;
  bool answered = false;
  {
    absl::MutexLock lock(&mutex_);
    const auto hop = course_.HopAtDesk(officer.state());
    done = hop.ok() ? step({&course_, *hop, officer, house_->clock()}) : hop.status();
    if (done.ok()) {
      answered = (*hop)->has_answer();
      request.header.set_agreement_id((*hop)->agreement_id());
      EntryDraft told;
      told.header = request.header;
      told.header.set_kind(v1::ENTRY_KIND_ANSWER_DISCLOSED);
      unrecorded_.push_back(std::move(request));
      draft = TakeDraft();
      told.content = draft.trace->body;
      draft.reply_entry = static_cast<int>(draft.entries.size());
      draft.entries.push_back(std::move(told));
    }
  }
  if (!done.ok()) {
    order.Release();
    return reply(done);
  }
  house_->log->Append(std::move(draft), [self = shared_from_this(), answered,
                                         reply = std::move(reply)](auto recorded) {
    if (!recorded.ok()) {
      reply(recorded.status());
      return self->Abandon(recorded.status());
    }
    reply(std::move(recorded->reply));
    self->Notify(false);
    if (answered) self->Proceed();
  });
}

absl::Time TraceRun::RetryTime(int attempts) const {
  thread_local std::minstd_rand jitter{std::random_device{}()};
  const double share = std::uniform_real_distribution<double>(0.8, 1.2)(jitter);
  const absl::Duration wait =
      std::min(limits_->retry_first * (int64_t{1} << std::min(attempts, 20)), limits_->retry_max);
  return house_->clock() + wait * share;
}

void TraceRun::Finish() {
  absl::MutexLock order(&commit_order_);
  RecordDraft draft;
  {
    absl::MutexLock lock(&mutex_);
    if (ended_) return;
    ended_ = true;
    course_.Conclude(house_->clock());
    draft = TakeDraft();
    AddReply(waiters_.empty() ? v1::ENTRY_KIND_TRACE_ENDED : v1::ENTRY_KIND_ANSWER_DISCLOSED,
             &draft);
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
  for (Waiter& waiter : TakeWaiters()) waiter.reply(recorded->reply);
  on_end_(End::kClosed);
}

void TraceRun::Abandon(const absl::Status& why) {
  {
    absl::MutexLock lock(&mutex_);
    ended_ = true;  // what comes in late is dropped: its earlier part is not on record
  }
  for (Waiter& waiter : TakeWaiters()) waiter.reply(why);
  on_end_(End::kAbandoned);
}

void TraceRun::ReplyInProgress(uint64_t number) {
  absl::MutexLock order(&commit_order_);
  RecordDraft draft;
  Reply reply;
  {
    absl::MutexLock lock(&mutex_);
    const auto waiter = std::find_if(waiters_.begin(), waiters_.end(),
                                     [&](const Waiter& w) { return w.number == number; });
    if (ended_ || waiter == waiters_.end()) return;
    reply = std::move(waiter->reply);
    waiters_.erase(waiter);
    draft = TakeDraft();
    AddReply(v1::ENTRY_KIND_ANSWER_DISCLOSED, &draft);
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
    for (const Waiter& waiter : waiters_) waiting.push_back(waiter.number);
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
    if (watchers_.empty()) return;
    bytes = course_.trace().SerializeAsString();
    watchers = watchers_;
    if (ended) watchers_.clear();
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

std::vector<TraceRun::Waiter> TraceRun::TakeWaiters() {
  std::vector<Waiter> waiters;
  {
    absl::MutexLock lock(&mutex_);
    waiters.swap(waiters_);
  }
  for (const Waiter& waiter : waiters) house_->timers->Cancel(waiter.timer);
  return waiters;
}

RecordDraft TraceRun::TakeDraft() {
  RecordDraft draft;
  draft.entries = std::exchange(unrecorded_, {});
  for (EntryDraft& entry : course_.TakeEntries()) draft.entries.push_back(std::move(entry));
  const v1::Trace& trace = course_.trace();
  TraceRow& row = draft.trace.emplace();
  row.trace_id = trace_id_;
  row.agency = key_.agency;
  row.actor = key_.actor;
  row.request_id = trace.request_id();
  row.asking_state = trace.request().requesting_agency().state();
  row.asked_state = key_.asked_state;
  row.serial_number = trace.request().item().weapon().serial_number();
  row.state = trace.state();
  row.open = true;
  row.body = trace.SerializeAsString();
  return draft;
}

void TraceRun::AddReply(v1::EntryKind kind, RecordDraft* draft) {
  const std::string& asking_state = course_.trace().request().requesting_agency().state();
  const bool told = kind != v1::ENTRY_KIND_TRACE_ENDED;
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(told ? key_.actor : house_->gateway_id);
  entry.header.set_state(told ? asking_state : house_->gateway_state);
  if (told) entry.header.set_method(kCreateTraceMethod);
  entry.header.set_trace_id(trace_id_);
  entry.header.set_to_state(asking_state);
  // Another State's question is one hop here; an own agency's trace may have many, each with an entry of its own.
  if (!key_.asked_state.empty() && course_.trace().hops_size() > 0) {
    entry.header.set_agreement_id(course_.trace().hops(0).agreement_id());
  }
  entry.content = draft->trace->body;
  draft->reply_entry = static_cast<int>(draft->entries.size());
  draft->entries.push_back(std::move(entry));
}

}  // namespace tracegate

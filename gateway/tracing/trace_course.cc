#include "gateway/tracing/trace_course.h"

#include <algorithm>
#include <utility>

#include "gateway/tracing/finding.h"
#include "gateway/tracing/hop_clock.h"
#include "gateway/tracing/itinerary.h"
#include "gateway/tracing/metering.h"
#include "gateway/tracing/question.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_state.h"
#include "protos/tracegate/duration.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// One State's question, another State's records: needs an agreement, and what is told is cut down to it.
bool CrossesBorder(const v1::Hop& hop) { return hop.to_state() != hop.from_state(); }

}  // namespace

TraceCourse::TraceCourse(const House* house, const TracingLimits* limits, v1::Trace trace,
                         std::optional<ItemReading> read, bool asked_by_own_agency)
    : house_(house),
      limits_(limits),
      trace_(std::move(trace)),
      asked_by_own_agency_(asked_by_own_agency) {
  if (read) reading_ = {*std::move(read), {}};
  if (reading_) reading_->route = RouteOfRead(reading_->item.item);
}

std::vector<v1::RouteStep> TraceCourse::RouteOfRead(const v1::Item& item) const {
  v1::TraceRequest request = trace_.request();
  *request.mutable_item() = item;
  const std::string& own = request.requesting_agency().state();
  return PlanRoute(request, asked_by_own_agency_, house_->registries->ForState(own) != nullptr);
}

const TraceCourse::Reading& TraceCourse::Read() const {
  if (!reading_) {
    ItemReading item(TracedItem(trace_));
    std::vector<v1::RouteStep> route = RouteOfRead(item.item);
    reading_ = {std::move(item), std::move(route)};
  }
  return *reading_;
}

std::vector<v1::Hop*> TraceCourse::HopsToAsk(absl::Time now) {
  if (!trace_.has_withdrawal()) PlanHops(now);
  std::vector<v1::Hop*> hops;
  for (v1::Hop& hop : *trace_.mutable_hops()) {
    if (hop.state() == v1::HOP_STATE_PLANNED) hops.push_back(&hop);
  }
  return hops;
}

void TraceCourse::PlanHops(absl::Time now) {
  // Of a repeated question the agreement may have ended meanwhile.
  for (v1::Hop& hop : *trace_.mutable_hops()) {
    if (hop.state() != v1::HOP_STATE_PLANNED) continue;
    if (const auto allowed = Allow(&hop, now); !allowed.ok()) Fail(&hop, allowed, now);
  }
  // Another State asked for this State's answer alone; where it leads is for that State's gateway to follow.
  const int hops_max = asked_by_own_agency_ ? limits_->hops_max : 1;
  while (const auto step = NextStep(trace_, Read().route, hops_max, limits_->hops_at_once)) {
    v1::Hop* hop = AddHop(*step);
    if (const auto allowed = Allow(hop, now); !allowed.ok()) Fail(hop, allowed, now);
  }
}

v1::Hop* TraceCourse::AddHop(const v1::RouteStep& step) {
  v1::Hop* hop = trace_.add_hops();
  hop->set_number(trace_.hops_size());
  hop->set_from_state(trace_.request().requesting_agency().state());
  hop->set_to_state(step.state());
  hop->set_reason(step.reason());
  hop->set_reason_note(step.reason_note());
  hop->set_state(v1::HOP_STATE_PLANNED);
  return hop;
}

absl::Status TraceCourse::Allow(v1::Hop* hop, absl::Time now) {
  if (house_->registries->ForState(hop->to_state()) == nullptr) {
    return Failure(v1::REASON_STATE_NOT_SERVED,
                   "this gateway has no registry or peer for " + hop->to_state());
  }
  if (!CrossesBorder(*hop)) return absl::OkStatus();
  if (IsPeer(*hop) && house_->check_peer_log) {
    if (auto status = house_->check_peer_log(hop->to_state()); !status.ok()) return status;
  }
  const auto book = house_->agreements->Now();
  auto agreement = book->Find(hop->from_state(), hop->to_state(), trace_.request(), now);
  if (!agreement.ok()) return agreement.status();
  hop->set_agreement_id((*agreement)->id());
  // A peer counts at its side, and what a peer asks was counted when it came. What one State of this house asks another
  // is counted here.
  if (!asked_by_own_agency_ || IsPeer(*hop) || hop->has_ask_time()) return absl::OkStatus();
  return MeterQuestion(*house_, **agreement, trace_.request(), Read().item, now);
}

bool TraceCourse::open() const {
  return std::any_of(trace_.hops().begin(), trace_.hops().end(),
                     [](const v1::Hop& hop) { return IsOpen(hop) || AwaitsClarification(hop); });
}

bool TraceCourse::IsPeer(const v1::Hop& hop) const {
  const Registry* registry = house_->registries->ForState(hop.to_state());
  return registry != nullptr && registry->is_peer;
}

bool TraceCourse::AsksAbroad(const v1::Hop& hop) const {
  return asked_by_own_agency_ && CrossesBorder(hop);
}

adapter::v1::FindRequest TraceCourse::Question(const v1::Hop& hop) const {
  v1::TraceRequest request = trace_.request();
  request.set_to_state(hop.to_state());
  adapter::v1::FindRequest question = QuestionAbout(
      Read().item, std::move(request), trace_.trace_id() + "." + std::to_string(hop.number()));
  *question.mutable_supplements() = trace_.supplements();
  *question.mutable_clarifications() = hop.clarifications();
  if (trace_.has_withdrawal()) *question.mutable_withdrawal() = trace_.withdrawal();
  return question;
}

void TraceCourse::Asked(v1::Hop* hop, const adapter::v1::FindRequest& question, absl::Time now) {
  const bool first = !hop->has_ask_time();
  // What is new is said for the first time where no attempt has failed since.
  const bool is_news =
      !hop->has_failure() && (trace_.supplements_size() > hop->supplements_taken() ||
                              AwaitsClarification(*hop) || trace_.has_withdrawal());
  hop->set_state(v1::HOP_STATE_ASKED);
  if (AsksAbroad(*hop) && (first || is_news)) {
    Note(v1::ENTRY_KIND_HOP_ASKED, *hop, question.SerializeAsString(), v1::REASON_UNSPECIFIED);
  }
  if (!first) return;
  *hop->mutable_ask_time() = ToTimestamp(now);
  SetTargets(hop, now);
  Changed(now);
}

void TraceCourse::SetTargets(v1::Hop* hop, absl::Time now) const {
  const auto book = house_->agreements->Now();
  const auto agreement = book->Find(hop->from_state(), hop->to_state(), trace_.request(), now);
  if (!CrossesBorder(*hop) || !agreement.ok()) return;
  if ((*agreement)->has_acknowledge_within()) {
    *hop->mutable_acknowledge_by() =
        ToTimestamp(now + ToDuration((*agreement)->acknowledge_within()));
  }
  if ((*agreement)->has_answer_within()) {
    *hop->mutable_answer_by() = ToTimestamp(now + ToDuration((*agreement)->answer_within()));
  }
}

bool TraceCourse::HasMoreToSay(const v1::Hop& hop, const adapter::v1::FindRequest& question) const {
  return trace_.supplements_size() > question.supplements_size() ||
         hop.clarifications_size() > question.clarifications_size() ||
         (trace_.has_withdrawal() && !question.has_withdrawal());
}

void TraceCourse::Wake(v1::Hop* hop) { hop->set_state(v1::HOP_STATE_PLANNED); }

void TraceCourse::Wait(v1::Hop* hop, const absl::Status& why, absl::Time again, absl::Time now) {
  const v1::Reason reason = DetailOf(why).reason();
  v1::HopFailure* failure = hop->mutable_failure();
  // One entry a kind of failure: a State that is away for a month is tried many times.
  if (failure->reason() != reason) {
    Note(v1::ENTRY_KIND_HOP_FAILED, *hop, std::string(why.message()), reason);
  }
  failure->set_reason(reason);
  failure->set_message(std::string(why.message()));
  failure->set_attempts(failure->attempts() + 1);
  *failure->mutable_next_attempt_time() = ToTimestamp(again);
  hop->set_state(v1::HOP_STATE_WAITING);
  Changed(now);
}

void TraceCourse::TakeBack(v1::Hop* hop, absl::Time now) {
  hop->set_state(v1::HOP_STATE_WITHDRAWN);
  hop->clear_failure();
  *hop->mutable_answer_time() = ToTimestamp(now);
  Changed(now);
}

std::string_view TraceCourse::Escalate(v1::Hop* hop, absl::Time now) {
  const std::string_view owed = Overdue(*hop, now);
  if (owed.empty()) return owed;
  const bool told =
      hop->has_escalate_time() && FromTimestamp(hop->escalate_time()) >= MissedTarget(*hop, now);
  if (told) return owed;
  *hop->mutable_escalate_time() = ToTimestamp(now);
  Note(v1::ENTRY_KIND_TARGET_MISSED, *hop, std::string(owed), v1::REASON_UNSPECIFIED);
  Changed(now);
  return owed;
}

void TraceCourse::Fail(v1::Hop* hop, const absl::Status& why, absl::Time now) {
  const v1::Reason reason = DetailOf(why).reason();
  Note(v1::ENTRY_KIND_HOP_FAILED, *hop, std::string(why.message()), reason);
  hop->mutable_failure()->set_reason(reason);
  hop->mutable_failure()->set_message(std::string(why.message()));
  hop->mutable_failure()->clear_next_attempt_time();
  if (hop->has_answer()) {  // what it answered stands
    CloseClarifications(hop, now);
    hop->set_state(StateAfter(hop->answer()));
    return Changed(now);
  }
  const bool refused = why.code() == absl::StatusCode::kPermissionDenied && hop->has_ask_time();
  hop->set_state(refused ? v1::HOP_STATE_REFUSED : v1::HOP_STATE_FAILED);
  *hop->mutable_answer_time() = ToTimestamp(now);
  Changed(now);
}

void TraceCourse::Supplement(v1::Supplement supplement, absl::Time now) {
  *trace_.add_supplements() = std::move(supplement);
  reading_.reset();
  for (v1::Hop& hop : *trace_.mutable_hops()) {
    if (!IsOpen(hop)) continue;
    ResumeClocks(&hop, now);
    hop.clear_failure();
    if (!IsPeer(hop)) {
      hop.set_supplements_taken(trace_.supplements_size());
    } else if (hop.state() == v1::HOP_STATE_WAITING) {
      Wake(&hop);
    }
  }
  Changed(now);
}

void TraceCourse::SeekClarification(v1::Hop* hop, v1::Clarification clarification, absl::Time now) {
  *hop->add_clarifications() = std::move(clarification);
  hop->clear_failure();
  // A State of this house has it before it; a peer is told.
  if (IsPeer(*hop) && hop->state() != v1::HOP_STATE_ASKED) Wake(hop);
  // It may have ended long ago.
  const absl::Time end = std::max(FromTimestamp(trace_.expire_time()), now + limits_->expiry);
  *trace_.mutable_expire_time() = ToTimestamp(end);
  trace_.clear_finding();
  Changed(now);
}

void TraceCourse::Clarify(v1::Hop* hop, std::string text, const v1::Agency& officer,
                          absl::Time now) {
  v1::Clarification& asked = *hop->mutable_clarifications(hop->clarifications_size() - 1);
  asked.set_clarification(std::move(text));
  *asked.mutable_responding_agency() = officer;
  *asked.mutable_answer_time() = ToTimestamp(now);
  Changed(now);
}

void TraceCourse::Withdraw(v1::Withdrawal withdrawal, absl::Time now) {
  *trace_.mutable_withdrawal() = std::move(withdrawal);
  for (v1::Hop& hop : *trace_.mutable_hops()) {
    CloseClarifications(&hop, now);
    if (hop.has_answer()) hop.set_state(StateAfter(hop.answer()));
    if (!IsOpen(hop)) continue;
    hop.clear_failure();
    if (!IsPeer(hop) || !hop.has_ask_time()) {
      TakeBack(&hop, now);
    } else if (hop.state() == v1::HOP_STATE_WAITING) {
      Wake(&hop);
    }
  }
  Changed(now);
}

void TraceCourse::Conclude(absl::Time now) {
  trace_.set_state(StateOfEnded(trace_));
  for (v1::Hop& hop : *trace_.mutable_hops()) {
    hop.set_trail_end(TrailEndOf(trace_, hop, limits_->hops_max));
  }
  *trace_.mutable_finding() = ConcludeTrace(trace_);
  *trace_.mutable_update_time() = ToTimestamp(now);
  trace_.set_revision(trace_.revision() + 1);
}

absl::Status TraceCourse::WrongState(const std::string& why) const {
  return Failure(v1::REASON_TRACE_STATE,
                 "the trace is " + TraceStateWord(trace_.state()) + "; " + why);
}

bool TraceCourse::expired(absl::Time now) const {
  return now >= FromTimestamp(trace_.expire_time());
}

void TraceCourse::Changed(absl::Time now) {
  trace_.set_state(StateOfOpen(trace_, now));
  *trace_.mutable_update_time() = ToTimestamp(now);
  trace_.set_revision(trace_.revision() + 1);
}

void TraceCourse::Note(v1::EntryKind kind, const v1::Hop& hop, std::string content,
                       v1::Reason reason) {
  EntryDraft entry;
  entry.header.set_kind(kind);
  entry.header.set_actor(house_->gateway_id);
  entry.header.set_state(house_->gateway_state);
  entry.header.set_trace_id(trace_.trace_id());
  entry.header.set_to_state(hop.to_state());
  entry.header.set_agreement_id(hop.agreement_id());
  if (reason != v1::REASON_UNSPECIFIED) entry.header.set_reason(ReasonName(reason));
  entry.content = std::move(content);
  entries_.push_back(std::move(entry));
}

std::vector<EntryDraft> TraceCourse::TakeEntries() { return std::exchange(entries_, {}); }

}  // namespace tracegate

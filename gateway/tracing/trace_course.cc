#include "gateway/tracing/trace_course.h"

#include <utility>

#include "adapters/marking/match.h"
#include "gateway/policy/disclosure.h"
#include "gateway/tracing/desk_work.h"
#include "gateway/tracing/finding.h"
#include "gateway/tracing/itinerary.h"
#include "gateway/tracing/judge.h"
#include "gateway/tracing/metering.h"
#include "gateway/tracing/timestamp.h"
#include "google/protobuf/util/message_differencer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kCandidatesMax = 20;

std::vector<v1::RouteStep> RouteFor(const v1::TraceRequest& request, const v1::Item& read_item,
                                    bool asked_by_own_agency, const RegistryTable& registries) {
  v1::TraceRequest read = request;
  *read.mutable_item() = read_item;
  return PlanRoute(read, asked_by_own_agency,
                   registries.ForState(request.requesting_agency().state()) != nullptr);
}

bool IsOpen(const v1::Hop& hop) {
  return hop.state() == v1::HOP_STATE_PLANNED || hop.state() == v1::HOP_STATE_ASKED ||
         hop.state() == v1::HOP_STATE_WAITING;
}

v1::HopState StateAfter(const v1::Answer& answer) {
  if (answer.outcome() == v1::OUTCOME_WITHHELD) return v1::HOP_STATE_REFUSED;
  return answer.next_state().empty() ? v1::HOP_STATE_ANSWERED : v1::HOP_STATE_REDIRECTED;
}

// What a trace has come to whose hops are over.
v1::TraceState StateOfEnded(const v1::Trace& trace) {
  bool in_full = false;
  bool restricted = false;
  bool refused = false;
  for (const v1::Hop& hop : trace.hops()) {
    const bool withheld = hop.state() == v1::HOP_STATE_REFUSED;
    const bool on_a_ground = hop.answer().legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED;
    refused |= withheld;
    restricted |= hop.has_answer() && !withheld && on_a_ground;
    in_full |= hop.has_answer() && !withheld && !on_a_ground;
  }
  if (in_full) return v1::TRACE_STATE_ANSWERED;
  if (restricted) return v1::TRACE_STATE_RESTRICTED;
  return refused ? v1::TRACE_STATE_REFUSED : v1::TRACE_STATE_ANSWERED;
}

// One State's question, another State's records: needs an agreement, and what is told is cut down to it.
bool CrossesBorder(const v1::Hop& hop) { return hop.to_state() != hop.from_state(); }

}  // namespace

TraceCourse::TraceCourse(const House* house, const TracingLimits* limits, v1::Trace trace,
                         ItemReading read, bool asked_by_own_agency)
    : house_(house),
      limits_(limits),
      trace_(std::move(trace)),
      asked_by_own_agency_(asked_by_own_agency),
      read_(std::move(read)),
      route_(RouteFor(trace_.request(), read_.item, asked_by_own_agency, *house->registries)) {}

v1::Hop* TraceCourse::NextHop(absl::Time now) {
  while (true) {
    v1::Hop* hop = nullptr;
    if (trace_.hops_size() > 0 && IsOpen(trace_.hops(trace_.hops_size() - 1))) {
      hop = trace_.mutable_hops(trace_.hops_size() - 1);
    } else {
      // Another State asked for this State's answer alone; where it leads is for that State's gateway to follow.
      const int hops_max = asked_by_own_agency_ ? limits_->hops_max : 1;
      const auto step = NextStep(trace_, route_, hops_max);
      if (!step) return nullptr;
      hop = AddHop(*step);
    }
    const absl::Status allowed = Allow(hop, now);
    if (allowed.ok()) return hop;
    Fail(hop, allowed, now);
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
  return MeterQuestion(*house_, **agreement, trace_.request(), read_, now);
}

bool TraceCourse::IsPeer(const v1::Hop& hop) const {
  return house_->registries->ForState(hop.to_state())->is_peer;
}

bool TraceCourse::AsksAbroad(const v1::Hop& hop) const {
  return asked_by_own_agency_ && CrossesBorder(hop);
}

adapter::v1::FindRequest TraceCourse::Question(const v1::Hop& hop) const {
  adapter::v1::FindRequest question;
  question.set_hop_id(trace_.trace_id() + "." + std::to_string(hop.number()));
  *question.mutable_request() = trace_.request();
  question.mutable_request()->set_to_state(hop.to_state());
  *question.mutable_item() = read_.item;
  const std::vector<std::string> spellings = SpellingsToAsk(read_.serial);
  question.mutable_serial_spellings()->Assign(spellings.begin(), spellings.end());
  question.set_serial_pattern(read_.serial.pattern);
  question.set_candidates_max(kCandidatesMax);
  return question;
}

void TraceCourse::Asked(v1::Hop* hop, const adapter::v1::FindRequest& question, absl::Time now) {
  const bool first = !hop->has_ask_time();
  hop->set_state(v1::HOP_STATE_ASKED);
  if (!first) return;
  *hop->mutable_ask_time() = ToTimestamp(now);
  if (AsksAbroad(*hop)) {
    Note(v1::ENTRY_KIND_HOP_ASKED, *hop, question.SerializeAsString(), v1::REASON_UNSPECIFIED);
  }
  trace_.set_state(v1::TRACE_STATE_IN_PROGRESS);
}

absl::Status TraceCourse::TakeAnswer(v1::Hop* hop, adapter::v1::FindResponse* found,
                                     absl::Time now) {
  const Registry& registry = *house_->registries->ForState(hop->to_state());
  v1::Answer answer;
  std::string verbatim;
  if (found->has_answer()) {
    answer = std::move(*found->mutable_answer()->mutable_answer());
    *hop->mutable_receipt() = found->answer().receipt();
    hop->set_remote_trace_id(found->answer().remote_trace_id());
    verbatim = std::move(*found->mutable_answer()->mutable_verbatim());
  } else {
    verbatim = found->SerializeAsString();
    answer = JudgeRecords(read_, found->records());
    answer.mutable_responding_agency()->set_state(hop->to_state());
    answer.mutable_responding_agency()->set_name(registry.name);
    *answer.mutable_answer_time() = ToTimestamp(now);
  }
  // A peer has cut its answer at its side. What a registry of this house says for another State is cut here.
  if (CrossesBorder(*hop) && !registry.is_peer) {
    if (auto status = Redact(hop, &answer, now); !status.ok()) return status;
  }
  Note(v1::ENTRY_KIND_HOP_ANSWERED, *hop, std::move(verbatim), v1::REASON_UNSPECIFIED);
  hop->set_state(StateAfter(answer));
  hop->clear_failure();
  *hop->mutable_answer_time() = ToTimestamp(now);
  *hop->mutable_answer() = std::move(answer);
  return absl::OkStatus();
}

absl::Status TraceCourse::Redact(v1::Hop* hop, v1::Answer* answer, absl::Time now) const {
  const auto book = house_->agreements->Now();
  auto agreement = book->Find(hop->from_state(), hop->to_state(), trace_.request(), now);
  if (!agreement.ok()) return agreement.status();
  hop->set_agreement_id((*agreement)->id());
  MeterAnswer(*house_, **agreement, trace_.request(), read_, answer->candidates_size() > 0);
  RedactAnswer(**agreement, answer);
  return absl::OkStatus();
}

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
  trace_.set_state(v1::TRACE_STATE_IN_PROGRESS);
  *trace_.mutable_update_time() = ToTimestamp(now);
}

void TraceCourse::LieAtDesk(v1::Hop* hop, const adapter::v1::Pending& pending, absl::Time now) {
  hop->set_state(v1::HOP_STATE_WAITING);
  const bool is_news = IsPeer(*hop) ? !google::protobuf::util::MessageDifferencer::Equals(
                                          hop->desk(), pending.desk())
                                    : !hop->has_desk();
  if (is_news) {
    *hop->mutable_desk() = pending.desk();
    Note(v1::ENTRY_KIND_DESK_TOLD, *hop, hop->desk().SerializeAsString(), v1::REASON_UNSPECIFIED);
  }
  DeskChanged(hop, now);
}

absl::StatusOr<v1::Hop*> TraceCourse::HopAtDesk(std::string_view state) {
  const auto wrong = [&](const std::string& why) {
    return Failure(v1::REASON_TRACE_STATE,
                   "the trace is " + v1::TraceState_Name(trace_.state()).substr(12) + "; " + why);
  };
  if (trace_.hops().empty() || !IsOpen(trace_.hops(trace_.hops_size() - 1)))
    return wrong("no State is being asked");
  v1::Hop* hop = trace_.mutable_hops(trace_.hops_size() - 1);
  if (hop->to_state() != state) return wrong("it waits for " + hop->to_state());
  if (IsPeer(*hop) || !hop->has_desk()) return wrong("it does not lie at a desk");
  return hop;
}

void TraceCourse::DeskChanged(v1::Hop* hop, absl::Time now) {
  trace_.set_state(StateAtDesk(hop->desk(), now));
  *trace_.mutable_update_time() = ToTimestamp(now);
}

absl::Status TraceCourse::TakeOfficersAnswer(v1::Hop* hop, v1::Answer answer,
                                             const v1::Agency& officer, absl::Time now) {
  adapter::v1::FindResponse found;
  found.mutable_answer()->set_verbatim(answer.SerializeAsString());
  for (v1::Candidate& candidate : *answer.mutable_candidates()) {
    v1::Candidate compared = Compare(read_, candidate.record());
    // The officer names it although its number is not alike: their judgement is told, and told as that.
    if (compared.grade() == v1::MATCH_GRADE_UNSPECIFIED) {
      compared.set_grade(v1::MATCH_GRADE_POSSIBLE);
      compared.set_needs_confirmation(true);
    }
    candidate = std::move(compared);
  }
  answer.clear_withheld_fields();
  *answer.mutable_responding_agency() = officer;
  *answer.mutable_answer_time() = ToTimestamp(now);
  *found.mutable_answer()->mutable_answer() = std::move(answer);
  if (auto status = TakeAnswer(hop, &found, now); !status.ok()) return status;
  hop->clear_receipt();  // it is this gateway's own answer
  trace_.set_state(v1::TRACE_STATE_IN_PROGRESS);
  *trace_.mutable_update_time() = ToTimestamp(now);
  return absl::OkStatus();
}

void TraceCourse::Fail(v1::Hop* hop, const absl::Status& why, absl::Time now) {
  const v1::Reason reason = DetailOf(why).reason();
  hop->set_state(why.code() == absl::StatusCode::kPermissionDenied && hop->has_ask_time()
                     ? v1::HOP_STATE_REFUSED
                     : v1::HOP_STATE_FAILED);
  hop->mutable_failure()->set_reason(reason);
  hop->mutable_failure()->set_message(std::string(why.message()));
  hop->mutable_failure()->clear_next_attempt_time();
  *hop->mutable_answer_time() = ToTimestamp(now);
  Note(v1::ENTRY_KIND_HOP_FAILED, *hop, std::string(why.message()), reason);
}

void TraceCourse::Conclude(absl::Time now) {
  if (expired(now) && trace_.hops_size() > 0 && IsOpen(trace_.hops(trace_.hops_size() - 1))) {
    trace_.set_state(v1::TRACE_STATE_EXPIRED);
  } else {
    trace_.set_state(StateOfEnded(trace_));
  }
  *trace_.mutable_finding() = ConcludeTrace(trace_);
  *trace_.mutable_update_time() = ToTimestamp(now);
}

bool TraceCourse::expired(absl::Time now) const {
  return now >= FromTimestamp(trace_.expire_time());
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

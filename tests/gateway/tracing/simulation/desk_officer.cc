#include "tests/gateway/tracing/simulation/desk_officer.h"

#include <algorithm>

#include "gateway/tracing/timestamp.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate::simulation {
namespace {

bool LiesAtDesk(const v1::Trace& trace, const std::string& state) {
  return std::ranges::any_of(trace.hops(), [&](const v1::Hop& hop) {
    return hop.to_state() == state && hop.has_desk() && hop.state() == v1::HOP_STATE_WAITING;
  });
}

bool IsToClarify(const v1::Trace& trace, const std::string& state) {
  return std::ranges::any_of(trace.hops(), [&](const v1::Hop& hop) {
    const int asked = hop.clarifications_size();
    return hop.to_state() == state && asked > 0 && !hop.clarifications(asked - 1).has_answer_time();
  });
}

}  // namespace

DeskOfficer::DeskOfficer(Stage* stage, SimulatedGateway* gateway)
    : stage_(stage),
      gateway_(gateway),
      self_(ExampleCaller(gateway->state(), "contact-point", Role::kDesk)),
      idle_one_in_(stage->chance.Between(1, 4)) {}

void DeskOfficer::ComeBack() {
  gateway_->At(stage_->queue.Now() + stage_->chance.Between(absl::Hours(2), absl::Hours(72)),
               [this] { Visit(); });
}

void DeskOfficer::Visit() {
  ComeBack();
  if (!gateway_->up()) return;
  const auto list = gateway_->tracer().List(self_, {});
  if (!list.ok()) return;
  for (const v1::Trace& trace : list->traces()) {
    if (stage_->chance.OneIn(idle_one_in_)) continue;
    if (IsToClarify(trace, self_.state)) {
      Clarify(trace);
    } else if (LiesAtDesk(trace, self_.state)) {
      Act(trace);
    }
  }
}

void DeskOfficer::Clarify(const v1::Trace& trace) {
  v1::ClarifyTraceRequest clarify;
  clarify.set_trace_id(trace.trace_id());
  clarify.set_clarification("The court decides in spring.");
  Do("ClarifyTrace", clarify);
}

void DeskOfficer::Act(const v1::Trace& trace) {
  const auto with_id = [&](auto request) {
    request.set_trace_id(trace.trace_id());
    return request;
  };
  switch (stage_->chance.Below(7)) {
    case 0: return Do("AcknowledgeTrace", with_id(v1::AcknowledgeTraceRequest()));
    case 1: {
      auto want = with_id(v1::RequestInformationRequest());
      want.set_message("Is there an import mark?");
      return Do("RequestInformation", want);
    }
    case 2: {
      auto delay = with_id(v1::DelayTraceRequest());
      delay.set_legal_ground(v1::LEGAL_GROUND_ONGOING_INVESTIGATION);
      *delay.mutable_until() = ToTimestamp(
          gateway_->Now() + stage_->chance.Between(absl::Hours(1), absl::Hours(24 * 5)));
      return Do("DelayTrace", delay);
    }
    case 3: {
      auto refuse = with_id(v1::RefuseTraceRequest());
      refuse.set_legal_ground(v1::LEGAL_GROUND_NATIONAL_SECURITY);
      return Do("RefuseTrace", refuse);
    }
    default: {
      auto answer = with_id(v1::AnswerTraceRequest());
      *answer.mutable_answer() = TruthAbout(trace);
      return Do("AnswerTrace", answer);
    }
  }
}

v1::Answer DeskOfficer::TruthAbout(const v1::Trace& trace) const {
  const Weapon& weapon = *stage_->world.Find(trace.request().item().weapon().serial_number());
  v1::Answer answer;
  answer.set_outcome(weapon.TruthOf(self_.state));
  if (stage_->sabotage == Sabotage::kDesksLie) answer.set_outcome(v1::OUTCOME_NOT_MADE_HERE);
  const auto holding = weapon.books.find(self_.state);
  if (holding == weapon.books.end()) return answer;
  *answer.add_candidates()->mutable_record() = holding->second.record;
  if (answer.outcome() == v1::OUTCOME_TRANSFERRED_TO_STATE)
    answer.set_next_state(holding->second.next_state);
  return answer;
}

template <typename Request>
void DeskOfficer::Do(const char* name, const Request& request) {
  stage_->Note(self_.state, " desk: ", name, " ", request.trace_id());
  gateway_->Serve(self_, name, request, absl::Minutes(1), [](const auto&) {});
}

}  // namespace tracegate::simulation

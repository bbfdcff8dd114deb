#include "tests/gateway/tracing/simulation/case_officer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate::simulation {
namespace {

bool GaveAGround(const v1::Trace& trace) {
  return std::ranges::any_of(trace.hops(), [](const v1::Hop& hop) {
    return hop.answer().legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED ||
           hop.desk().delay_ground() != v1::LEGAL_GROUND_UNSPECIFIED;
  });
}

}  // namespace

CaseOfficer::CaseOfficer(Stage* stage, Invariants* invariants, SimulatedGateway* gateway,
                         const Weapon& weapon, int number)
    : stage_(stage),
      invariants_(invariants),
      gateway_(gateway),
      self_(ExampleCaller(gateway->state(), "police", Role::kRegistry)),
      visits_left_(stage->chance.Between(2, 10)) {
  request_.set_request_id(absl::StrCat("case-", 1000 + number));
  *request_.mutable_request() = ExampleRequest(gateway->state());
  *request_.mutable_request()->mutable_item() = weapon.item;
  if (stage->chance.OneIn(6))
    request_.mutable_request()->set_to_state(stage->chance.OneOf(stage->world.states));
}

void CaseOfficer::Begin() { ComeBack(absl::Minutes(1), absl::Hours(24 * 10)); }

void CaseOfficer::ComeBack(absl::Duration soonest, absl::Duration latest) {
  if (visits_left_-- == 0) return;
  gateway_->At(stage_->queue.Now() + stage_->chance.Between(soonest, latest), [this] { Visit(); });
}

void CaseOfficer::Visit() {
  ComeBack(absl::Minutes(1), absl::Hours(24 * 10));
  if (!gateway_->up() || (stage_->calm && !WasTaken())) return;
  if (stage_->calm || !WasTaken() || stage_->chance.OneIn(3)) return Ask();
  const auto now = gateway_->tracer().Get(self_, trace_.trace_id());
  if (now.ok()) trace_.ParseFromString(*now);
  if (trace_.state() == v1::TRACE_STATE_INFO_REQUESTED) return Supplement();
  if (GaveAGround(trace_) && stage_->chance.OneIn(2)) return SeekClarification();
  // Some of what follows makes no sense as the trace stands, and must be refused.
  switch (stage_->chance.Below(8)) {
    case 0: return Withdraw();
    case 1: return Supplement();
    case 2: return SeekClarification();
    case 3:
    case 4: return AskSomethingElse();
    default: return Ask();
  }
}

void CaseOfficer::Ask() {
  stage_->Note(gateway_->state(), " is asked ", request_.request_id());
  const absl::Duration patience = stage_->chance.Between(absl::Seconds(1), absl::Minutes(5));
  gateway_->Serve(self_, "CreateTrace", request_, patience, [this](const auto& reply) {
    // Whoever has left does not hear it.
    if (reply.ok() && !stage_->chance.OneIn(6)) trace_.ParseFromString(*reply);
  });
}

void CaseOfficer::AskSomethingElse() {
  v1::CreateTraceRequest changed = request_;
  changed.mutable_request()->set_legal_justification("Another law");
  stage_->Note(gateway_->state(), " is asked something else as ", request_.request_id());
  if (stage_->sabotage == Sabotage::kRefusalsAreDropped) changed = request_;
  gateway_->Serve(self_, "CreateTrace", changed, absl::Minutes(1), [this](const auto& reply) {
    invariants_->CheckRefused(reply, request_.request_id());
  });
}

void CaseOfficer::Supplement() {
  v1::SupplementTraceRequest supplement;
  supplement.set_message("There is none.");
  if (stage_->chance.OneIn(2)) {
    *supplement.mutable_item() = request_.request().item();
    supplement.mutable_item()->mutable_weapon()->set_description("A lanyard ring is missing.");
  }
  Do("SupplementTrace", supplement);
}

void CaseOfficer::SeekClarification() {
  v1::RequestClarificationRequest seek;
  seek.set_question("Until when?");
  Do("RequestClarification", seek);
}

void CaseOfficer::Withdraw() { Do("WithdrawTrace", v1::WithdrawTraceRequest()); }

template <typename Request>
void CaseOfficer::Do(const char* name, Request request) {
  request.set_trace_id(trace_.trace_id());
  stage_->Note(gateway_->state(), ": ", name, " ", request_.request_id());
  gateway_->Serve(self_, name, request, absl::Minutes(1), [](const auto&) {});
}

void CaseOfficer::AskAtTheEnd() {
  if (!WasTaken()) return;
  gateway_->At(stage_->queue.Now(), [this] {
    gateway_->Serve(self_, "CreateTrace", request_, absl::Minutes(1), [this](const auto& reply) {
      invariants_->CheckLastReply(reply, request_.request_id());
    });
  });
}

bool CaseOfficer::WasTaken() const { return !trace_.trace_id().empty(); }

}  // namespace tracegate::simulation

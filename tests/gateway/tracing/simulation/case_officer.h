#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_CASE_OFFICER_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_CASE_OFFICER_H_

#include <string>

#include "gateway/identity/caller.h"
#include "tests/gateway/tracing/simulation/invariants.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {

// An officer with a weapon to trace: asks, leaves before the answer or after it, comes back days later and asks the same
// again, and now and then something else under the same request_id. Gives what a desk wants to know, seeks
// clarification of a ground, or takes the request back.
class CaseOfficer {
 public:
  CaseOfficer(Stage* stage, Invariants* invariants, SimulatedGateway* gateway, const Weapon& weapon,
              int number);

  // The first visit, in a while.
  void Begin();
  // When everything is over: asks for the last time, and must be answered.
  void AskAtTheEnd();

 private:
  void ComeBack(absl::Duration soonest, absl::Duration latest);
  void Visit();
  void Ask();
  void AskSomethingElse();
  void Supplement();
  void SeekClarification();
  void Withdraw();
  template <typename Request>
  void Do(const char* name, Request request);
  bool WasTaken() const;

  Stage* const stage_;
  Invariants* const invariants_;
  SimulatedGateway* const gateway_;
  const Caller self_;
  v1::CreateTraceRequest request_;
  v1::Trace trace_;  // as it was told last
  int visits_left_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_CASE_OFFICER_H_

#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_DESK_OFFICER_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_DESK_OFFICER_H_

#include <string>

#include "gateway/identity/caller.h"
#include "tests/gateway/tracing/simulation/simulated_gateway.h"
#include "tests/gateway/tracing/simulation/stage.h"

namespace tracegate::simulation {

// An officer at the desk of a State whose registry is one: comes in every few hours or days, and does something about
// some of the questions that lie there. Answers what the books say, or refuses.
class DeskOfficer {
 public:
  DeskOfficer(Stage* stage, SimulatedGateway* gateway);

  void Begin() { ComeBack(); }

 private:
  void ComeBack();
  void Visit();
  void Clarify(const v1::Trace& trace);
  void Act(const v1::Trace& trace);
  v1::Answer TruthAbout(const v1::Trace& trace) const;

  template <typename Request>
  void Do(const char* name, const Request& request);

  Stage* const stage_;
  SimulatedGateway* const gateway_;
  const Caller self_;
  const int idle_one_in_;  // of what lies there, so much is left for another day
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_DESK_OFFICER_H_

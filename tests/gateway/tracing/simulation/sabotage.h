#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SABOTAGE_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SABOTAGE_H_

namespace tracegate::simulation {

// What is wrong on purpose in a simulation, so that an invariant must be seen to break. One at a time.
enum class Sabotage {
  kNone,
  kStoreLosesCommits,     // says OK and keeps nothing
  kStoreForgetsTraces,    // of traces that ended
  kStoreFlipsBits,        // of an entry that was committed
  kPolicyForgetsEnds,     // of agreements
  kPolicyTellsMore,       // than the agreement says
  kNetworkAltersAnswers,  // on their way
  kGatewayAltersReplies,  // after they were recorded
  kPeersAskUnrecorded,    // another question beside the recorded one
  kTimersForget,          // what was to be done later
  kDesksLie,              // about what the records say
  kRefusalsAreDropped,    // a changed request is taken for the first one
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_SABOTAGE_H_

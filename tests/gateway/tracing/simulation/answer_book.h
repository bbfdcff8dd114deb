#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_ANSWER_BOOK_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_ANSWER_BOOK_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "tests/gateway/tracing/simulation/complaints.h"
#include "tests/gateway/tracing/simulation/observer.h"
#include "tests/gateway/tracing/simulation/world.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate::simulation {

// Whether everybody who asks the same is told the same: one trace a request, one reply for how it ended (it may be opened
// again, to be clarified, and end anew), one answer of each State for good. And whether what a gateway tells of a peer is
// what that peer told it, and all of it is true.
class AnswerBook {
 public:
  AnswerBook(const World* world, Complaints* complaints) : world_(world), complaints_(complaints) {}

  void CheckReply(const SimulatedGateway& by, const Release& release, const v1::Trace& trace);

 private:
  struct Told {
    std::string trace_id;
    std::map<int64_t, std::string> ends;  // the replies, by the trace's revision
    std::map<int, std::string> answers;   // by hop
  };
  using Key = std::tuple<std::string, std::string, std::string>;

  void CheckAnswers(const SimulatedGateway& by, const v1::Trace& trace, Told* told);
  void CheckPeersWord(const SimulatedGateway& by, const v1::Trace& trace, const v1::Hop& hop);
  void CheckTruth(const SimulatedGateway& by, const v1::Trace& trace, const v1::Hop& hop);
  void Complain(Invariant invariant, const SimulatedGateway& by, const v1::Trace& trace,
                const std::string& what);

  const World* const world_;
  Complaints* const complaints_;
  std::map<Key, Told> told_;  // by State of the gateway, requesting agency and request_id
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_ANSWER_BOOK_H_

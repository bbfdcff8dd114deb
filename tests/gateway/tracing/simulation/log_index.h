#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_LOG_INDEX_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_LOG_INDEX_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/gateway/tracing/simulation/complaints.h"
#include "tests/gateway/tracing/simulation/observer.h"

namespace tracegate::simulation {

// Whether what left a gateway stands in its log, in the moment in which it leaves.
class LogIndex {
 public:
  explicit LogIndex(Complaints* complaints) : complaints_(complaints) {}

  void CheckReply(SimulatedGateway& by, const Release& release, const std::string& trace_id);
  void CheckQuestion(SimulatedGateway& by, const adapter::v1::FindRequest& question);
  // Hashes the whole log again, if it has grown.
  void CheckLog(SimulatedGateway& at);

 private:
  struct Entries {
    int64_t size = 0;     // read so far
    int64_t checked = 0;  // the size when it was hashed last
    std::map<std::string, std::vector<adapter::v1::FindRequest>> asked;  // HOP_ASKED, by hop
    std::map<std::string, std::set<std::string>> told;  // contents of ANSWER_DISCLOSED, by trace
  };
  const Entries& Read(SimulatedGateway& of);

  Complaints* const complaints_;
  std::map<const SimulatedGateway*, Entries> entries_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_LOG_INDEX_H_

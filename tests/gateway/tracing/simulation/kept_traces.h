#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_KEPT_TRACES_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_KEPT_TRACES_H_

#include <map>
#include <string>

#include "gateway/storage/record_store.h"
#include "tests/gateway/tracing/simulation/complaints.h"

namespace tracegate::simulation {

class SimulatedGateway;

// Whether every trace that a gateway was told is durable stays in its store: open until it has ended, then ended with the
// same reply, unless somebody seeks a clarification.
class KeptTraces {
 public:
  explicit KeptTraces(Complaints* complaints) : complaints_(complaints) {}

  void OnCommit(const SimulatedGateway& at, const WriteBatch& batch);
  void Check(SimulatedGateway& at);
  void CheckAllEnded(SimulatedGateway& at);

 private:
  struct Known {
    bool open = true;
    int64_t reply_entry = -1;
  };

  Complaints* const complaints_;
  std::map<const SimulatedGateway*, std::map<std::string, Known>> known_;  // by trace_id
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_KEPT_TRACES_H_

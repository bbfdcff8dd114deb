#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_DISCLOSURE_WATCH_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_DISCLOSURE_WATCH_H_

#include <string>

#include "tests/gateway/tracing/simulation/complaints.h"
#include "tests/gateway/tracing/simulation/observer.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate::simulation {

// Whether what crosses a border is covered by an agreement that stands in the gateway's configuration and is valid on
// that day by its clock; and of records, whether the agreement names each field. Judges by itself, without gateway/policy.
class DisclosureWatch {
 public:
  explicit DisclosureWatch(Complaints* complaints) : complaints_(complaints) {}

  void CheckQuestion(const SimulatedGateway& by, const adapter::v1::FindRequest& question);
  // A reply to another State's gateway.
  void CheckReply(const SimulatedGateway& by, const Caller& to, const v1::Trace& trace);

 private:
  Complaints* const complaints_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_DISCLOSURE_WATCH_H_

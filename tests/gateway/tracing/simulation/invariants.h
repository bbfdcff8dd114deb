#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_INVARIANTS_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_INVARIANTS_H_

#include <string>

#include "tests/gateway/tracing/simulation/answer_book.h"
#include "tests/gateway/tracing/simulation/complaints.h"
#include "tests/gateway/tracing/simulation/disclosure_watch.h"
#include "tests/gateway/tracing/simulation/kept_traces.h"
#include "tests/gateway/tracing/simulation/log_index.h"
#include "tests/gateway/tracing/simulation/observer.h"
#include "tests/gateway/tracing/simulation/world.h"

namespace tracegate::simulation {

// Holds what happens against what must hold.
class Invariants : public Observer {
 public:
  explicit Invariants(const World* world) : answers_(world, &complaints_) {}

  void OnCommit(SimulatedGateway& at, const WriteBatch& batch) override;
  void OnRelease(SimulatedGateway& by, const Release& release) override;
  void OnFailure(SimulatedGateway& by, const Caller& to, const absl::Status& failure) override;
  void OnQuestion(SimulatedGateway& by, const adapter::v1::FindRequest& question) override;
  void OnStart(SimulatedGateway& at, const absl::Status& log_damage) override;

  // After each event at a gateway.
  void CheckEvent(SimulatedGateway& at);
  // When faults have ended and time enough has passed.
  void CheckAllEnded(SimulatedGateway& at);
  void CheckLog(SimulatedGateway& at);
  // Something happens again and again.
  void ComplainOfNoEnd();
  // An officer sent another request under an id that was taken.
  void CheckRefused(const absl::StatusOr<std::string>& reply, const std::string& request_id);
  // What an officer is told when all is over.
  void CheckLastReply(const absl::StatusOr<std::string>& reply, const std::string& request_id);

  const Complaints& complaints() const { return complaints_; }
  int releases() const { return releases_; }

 private:
  Complaints complaints_;
  KeptTraces traces_{&complaints_};
  LogIndex log_{&complaints_};
  DisclosureWatch disclosure_{&complaints_};
  AnswerBook answers_;
  int releases_ = 0;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_INVARIANTS_H_

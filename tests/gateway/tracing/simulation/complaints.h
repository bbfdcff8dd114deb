#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_COMPLAINTS_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_COMPLAINTS_H_

#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tracegate::simulation {

// What must hold whatever happens.
enum class Invariant {
  kNoTraceIsLost,  // what was recorded as received stays until it ends, and then stays ended
  kOneAnswerPerRequest,  // the same bytes to whoever asks again, and what a peer answered is what was taken
  kChangedRequestIsRefused,  // under an id that stands for another one
  kNothingWithoutAgreement,  // no question and no answer crosses a border
  kNoFieldBeyondAgreement,   // in a record that crosses a border
  kRepliesStandInTheLog,     // of the gateway that released them, and their receipts hold
  kQuestionsStandInTheLog,   // before they leave
  kLogsVerify,
  kEveryTraceEnds,     // once the faults have ended and time has passed
  kAnswersAreTrue,     // what the books of that State say, or withheld by its desk
  kOnlyKnownFailures,  // of those that the contract names for such trouble
};

std::string_view NameOf(Invariant invariant);

struct Complaint {
  Invariant invariant;
  std::string what;
};

inline std::ostream& operator<<(std::ostream& out, const Complaint& complaint) {
  return out << NameOf(complaint.invariant) << ": " << complaint.what;
}

using Complaints = std::vector<Complaint>;

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_COMPLAINTS_H_

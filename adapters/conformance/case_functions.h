#ifndef TRACEGATE_ADAPTERS_CONFORMANCE_CASE_FUNCTIONS_H_
#define TRACEGATE_ADAPTERS_CONFORMANCE_CASE_FUNCTIONS_H_

#include "adapters/conformance/bench.h"
#include "adapters/conformance/verdict.h"

// What the cases do; cases.cc says what each proves.
namespace tracegate::conformance {

// answer_cases.cc
Verdict DescribesItself(Bench& bench);
Verdict IsHealthy(Bench& bench);
Verdict FindsTheKnownWeapon(Bench& bench);
Verdict FindsByPattern(Bench& bench);
Verdict FindsNothing(Bench& bench);
Verdict KeepsTheBound(Bench& bench);
Verdict TakesEveryScript(Bench& bench);
Verdict RepeatsItself(Bench& bench);
Verdict ShowsARecord(Bench& bench);
Verdict KnowsNoOtherRecord(Bench& bench);

// request_cases.cc
Verdict RefusesWhatIsOutOfBounds(Bench& bench);
Verdict TakesWhatIsAtTheBound(Bench& bench);
Verdict PassesOverNewerWords(Bench& bench);
Verdict TakesNoSerialForACommand(Bench& bench);
Verdict TakesNoOtherFieldForACommand(Bench& bench);

// call_cases.cc
Verdict EndsAtADeadlineThatIsPast(Bench& bench);
Verdict EndsAtAShortDeadline(Bench& bench);
Verdict EndsWhenCancelledBefore(Bench& bench);
Verdict EndsWhenCancelledMeanwhile(Bench& bench);
Verdict AnswersManyAtOnce(Bench& bench);
Verdict EndsWithCallsInFlight(Bench& bench);

}  // namespace tracegate::conformance

#endif  // TRACEGATE_ADAPTERS_CONFORMANCE_CASE_FUNCTIONS_H_

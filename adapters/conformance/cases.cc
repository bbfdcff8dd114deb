#include "adapters/conformance/cases.h"

#include "adapters/conformance/case_functions.h"

namespace tracegate {

const std::vector<ConformanceCase>& ConformanceCases() {
  namespace does = conformance;
  static const auto* const cases = new std::vector<ConformanceCase>{
      {"is_healthy", "Health is OK within a minute of the first question", does::IsHealthy},
      {"describes_itself", "Describe names the adapter, one State and the search by serial number",
       does::DescribesItself},
      {"finds_known", "the known weapon is found by its serial, and its record says what is known",
       does::FindsTheKnownWeapon},
      {"finds_by_pattern", "one unread character, written ?, still finds it", does::FindsByPattern},
      {"finds_nothing", "a serial that nobody has gives an empty list, which is no error",
       does::FindsNothing},
      {"keeps_the_bound", "no more records than candidates_max, and more says whether there are",
       does::KeepsTheBound},
      {"takes_every_script", "serials in other scripts are asked like any other",
       does::TakesEveryScript},
      {"repeats_itself", "the same hop_id twice gives the same answer", does::RepeatsItself},
      {"shows_known", "GetRecord shows the known record by its number", does::ShowsARecord},
      {"shows_nothing", "GetRecord of a number that nobody has is NOT_FOUND",
       does::KnowsNoOtherRecord},
      {"refuses_beyond_bounds", "a request beyond a bound of the contract is INVALID_ARGUMENT",
       does::RefusesWhatIsOutOfBounds},
      {"takes_at_bounds", "a request exactly at the bounds is answered",
       does::TakesWhatIsAtTheBound},
      {"takes_newer_words", "enum values and fields of a newer contract change nothing",
       does::PassesOverNewerWords},
      {"no_command_in_serial",
       "SQL, XML, JSON, LDAP, paths and control characters in a serial or "
       "number find nothing and harm nothing",
       does::TakesNoSerialForACommand},
      {"no_command_elsewhere", "the same in every other text of a request changes no answer",
       does::TakesNoOtherFieldForACommand},
      {"deadline_past", "a call whose time is over ends with DEADLINE_EXCEEDED",
       does::EndsAtADeadlineThatIsPast},
      {"deadline_short", "a call with a millisecond ends, answered or with DEADLINE_EXCEEDED",
       does::EndsAtAShortDeadline},
      {"cancelled_before", "a call that nobody waits for ends with CANCELLED",
       does::EndsWhenCancelledBefore},
      {"cancelled_meanwhile", "a call that is cancelled on its way ends, answered or CANCELLED",
       does::EndsWhenCancelledMeanwhile},
      {"many_at_once", "of 200 calls at once each is answered, or refused with RESOURCE_EXHAUSTED",
       does::AnswersManyAtOnce},
      {"ends_in_flight",
       "the adapter is destroyed with calls in flight, and every call there ever "
       "was has had one answer",
       does::EndsWithCallsInFlight},
  };
  return *cases;
}

}  // namespace tracegate

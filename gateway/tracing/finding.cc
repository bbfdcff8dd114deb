#include "gateway/tracing/finding.h"

#include <string>

#include "gateway/tracing/itinerary.h"

namespace tracegate {
namespace {

// How much an outcome tells, most first; the trace comes to the most that any State said.
int Weight(v1::Outcome outcome) {
  if (Settles(outcome)) return 4;
  switch (outcome) {
    case v1::OUTCOME_TRANSFERRED_TO_STATE: return 3;
    case v1::OUTCOME_AMBIGUOUS_MULTIPLE_CANDIDATES:
    case v1::OUTCOME_CANDIDATE_UNCONFIRMED: return 2;
    case v1::OUTCOME_UNSPECIFIED: return 0;
    default: return 1;
  }
}

const v1::Hop* DecidingHop(const v1::Trace& trace) {
  const v1::Hop* deciding = nullptr;
  for (const v1::Hop& hop : trace.hops()) {
    if (!hop.has_answer()) continue;
    if (deciding == nullptr ||
        Weight(hop.answer().outcome()) >= Weight(deciding->answer().outcome())) {
      deciding = &hop;
    }
  }
  return deciding;
}

// The day of the last event that the deciding record gives.
v1::Date LastDay(const v1::Answer& answer) {
  v1::Date day;
  if (answer.candidates().empty()) return day;
  for (const v1::LifeEvent& event : answer.candidates(0).record().events()) {
    if (event.date().year() != 0) day = event.date();
  }
  return day;
}

// A weapon that one State still has on its books, or reported stolen, became illicit there, after that entry.
v1::PointOfDiversion PointOf(const v1::Hop& hop) {
  v1::PointOfDiversion point;
  switch (hop.answer().outcome()) {
    case v1::OUTCOME_REPORTED_LOST_OR_STOLEN:
      point.set_basis("reported lost or stolen in " + hop.to_state());
      break;
    case v1::OUTCOME_NO_RECORD_OF_EXPORT:
      point.set_basis("no record of lawful export from " + hop.to_state());
      break;
    case v1::OUTCOME_LAST_HOLDER_IDENTIFIED:
      point.set_basis("last lawful holder identified in " + hop.to_state());
      break;
    case v1::OUTCOME_HELD_IN_STATE_STOCK:
      point.set_basis("held in State stock of " + hop.to_state());
      break;
    case v1::OUTCOME_DESTROYED_ON_RECORD:
    case v1::OUTCOME_DEACTIVATED_ON_RECORD:
      point.set_basis("destroyed or deactivated on record in " + hop.to_state());
      break;
    default: return point;
  }
  point.set_established(true);
  point.set_state(hop.to_state());
  *point.mutable_after() = LastDay(hop.answer());
  point.set_method(v1::DIVERSION_METHOD_TRACING);
  return point;
}

std::string Summary(const v1::Trace& trace, const v1::Hop& hop) {
  switch (hop.answer().outcome()) {
    case v1::OUTCOME_TRANSFERRED_TO_STATE:
      if (hop.answer().next_state().empty()) {
        return hop.to_state() + " exported it and does not tell where to.";
      }
      if (hop.number() != trace.hops_size()) {
        return "The trail leads from " + hop.to_state() + " to " + hop.answer().next_state() +
               ", which has not answered for it.";
      }
      return "The trail turns back to " + hop.answer().next_state() + ", which was asked before.";
    case v1::OUTCOME_AMBIGUOUS_MULTIPLE_CANDIDATES:
    case v1::OUTCOME_CANDIDATE_UNCONFIRMED:
      return hop.to_state() + " has records that may be this weapon; a person must compare them.";
    case v1::OUTCOME_WITHHELD:
      return hop.to_state() + " withholds its answer; clarification may be sought.";
    case v1::OUTCOME_NO_RECORD: return "No State that was asked has a record of it.";
    default: return "Settled by the answer of " + hop.to_state() + ".";
  }
}

}  // namespace

v1::Finding ConcludeTrace(const v1::Trace& trace) {
  v1::Finding finding;
  const v1::Hop* hop = DecidingHop(trace);
  if (hop == nullptr) {
    finding.set_outcome(v1::OUTCOME_NO_STATE_TO_ASK);
    finding.set_summary("No State could be asked; each hop says why.");
    return finding;
  }
  finding.set_outcome(hop->answer().outcome());
  finding.set_hop_number(hop->number());
  *finding.mutable_point_of_diversion() = PointOf(*hop);
  if (!finding.point_of_diversion().established()) finding.clear_point_of_diversion();
  finding.set_summary(Summary(trace, *hop));
  return finding;
}

}  // namespace tracegate

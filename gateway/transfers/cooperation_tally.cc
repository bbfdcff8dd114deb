#include "gateway/transfers/cooperation_tally.h"

#include <algorithm>

#include "gateway/tracing/timestamp.h"

namespace tracegate {
namespace {

v1::LegalGround GroundOf(const v1::Hop& hop) {
  if (hop.answer().legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED)
    return hop.answer().legal_ground();
  return hop.desk().delay_ground();
}

bool IsRefused(const v1::Hop& hop) {
  return hop.state() == v1::HOP_STATE_REFUSED ||
         (hop.has_answer() && hop.answer().outcome() == v1::OUTCOME_WITHHELD);
}

// Of two in the middle, halfway between them.
absl::Duration MedianOf(std::vector<absl::Duration> durations) {
  std::sort(durations.begin(), durations.end());
  const size_t half = durations.size() / 2;
  if (durations.size() % 2 == 1) return durations[half];
  return durations[half - 1] + (durations[half] - durations[half - 1]) / 2;
}

void SetMedian(const std::vector<absl::Duration>& durations,
               google::protobuf::Duration* (v1::CooperationCount::*field)(),
               v1::CooperationCount* count) {
  if (durations.empty()) return;
  google::protobuf::Duration* const median = (count->*field)();
  median->set_seconds(absl::ToInt64Seconds(MedianOf(durations)));
}

}  // namespace

bool CooperationTally::IsInPeriod(const v1::Hop& hop) const {
  if (!hop.has_ask_time()) return false;
  const absl::CivilDay day = absl::ToCivilDay(FromTimestamp(hop.ask_time()), absl::UTCTimeZone());
  return from_ <= day && day <= to_;
}

void CooperationTally::Add(const v1::Trace& trace) {
  const std::string& asking = trace.request().requesting_agency().state();
  for (const v1::Hop& hop : trace.hops()) {
    if (!IsInPeriod(hop) || hop.to_state() == asking) continue;
    if (asking == state_) AddHop(hop, hop.supplements_taken() > 0, &asked_);
    if (hop.to_state() == state_) AddHop(hop, !trace.supplements().empty(), &answered_);
  }
}

void CooperationTally::AddHop(const v1::Hop& hop, bool supplemented, Side* side) {
  v1::CooperationCount& count = side->count;
  count.set_requests(count.requests() + 1);
  if (IsRefused(hop)) {
    count.set_refused(count.refused() + 1);
    ++side->refusals[GroundOf(hop)];
  } else if (!hop.has_answer()) {
    count.set_unanswered(count.unanswered() + 1);
  } else if (hop.answer().legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED) {
    count.set_restricted(count.restricted() + 1);
  } else {
    count.set_answered_in_full(count.answered_in_full() + 1);
  }
  if (hop.desk().has_delayed_until()) count.set_delayed(count.delayed() + 1);
  // What was sought is gone from the desk once it was given, and stands among the supplements.
  if (hop.desk().has_wanted_time() || supplemented) {
    count.set_information_requested(count.information_requested() + 1);
  }
  AddTimes(hop, side);
}

void CooperationTally::AddTimes(const v1::Hop& hop, Side* side) {
  const absl::Time asked = FromTimestamp(hop.ask_time());
  if (hop.desk().has_acknowledge_time()) {
    const absl::Time acknowledged = FromTimestamp(hop.desk().acknowledge_time());
    side->to_acknowledgement.push_back(std::max(absl::ZeroDuration(), acknowledged - asked));
  }
  if (hop.has_answer() && hop.has_answer_time()) {
    const absl::Time answered = FromTimestamp(hop.answer_time());
    side->to_answer.push_back(std::max(absl::ZeroDuration(), answered - asked));
  }
}

v1::CooperationCount CooperationTally::CountOf(const Side& side) {
  v1::CooperationCount count = side.count;
  for (const auto& [ground, refused] : side.refusals) {
    v1::GroundCount& row = *count.add_refusals();
    row.set_legal_ground(ground);
    row.set_count(refused);
  }
  SetMedian(side.to_acknowledgement, &v1::CooperationCount::mutable_median_to_acknowledgement,
            &count);
  SetMedian(side.to_answer, &v1::CooperationCount::mutable_median_to_answer, &count);
  return count;
}

v1::CooperationFigures CooperationTally::Figures() const {
  v1::CooperationFigures figures;
  *figures.mutable_asked() = CountOf(asked_);
  *figures.mutable_answered() = CountOf(answered_);
  return figures;
}

}  // namespace tracegate

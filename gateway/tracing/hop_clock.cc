#include "gateway/tracing/hop_clock.h"

#include <algorithm>

#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_state.h"

namespace tracegate {
namespace {

using google::protobuf::Timestamp;

absl::Time Or(bool set, const Timestamp& time, absl::Time otherwise) {
  return set ? FromTimestamp(time) : otherwise;
}

// The earlier of the desk's own target and the agreement's.
absl::Time AcknowledgeBy(const v1::Hop& hop) {
  if (hop.desk().has_acknowledge_time()) return absl::InfiniteFuture();
  return std::min(
      Or(hop.has_acknowledge_by(), hop.acknowledge_by(), absl::InfiniteFuture()),
      Or(hop.desk().has_acknowledge_by(), hop.desk().acknowledge_by(), absl::InfiniteFuture()));
}

// A delay that has ended is a target too: the desk named it itself.
absl::Time AnswerBy(const v1::Hop& hop) {
  const v1::DeskWork& desk = hop.desk();
  return std::min({Or(hop.has_answer_by(), hop.answer_by(), absl::InfiniteFuture()),
                   Or(desk.has_answer_by(), desk.answer_by(), absl::InfiniteFuture()),
                   Or(desk.has_delayed_until(), desk.delayed_until(), absl::InfiniteFuture())});
}

void Move(Timestamp* target, absl::Duration by) {
  *target = ToTimestamp(FromTimestamp(*target) + by);
}

}  // namespace

std::string_view Overdue(const v1::Hop& hop, absl::Time now) {
  if (ClocksStand(hop.desk(), now)) return "";
  if (AcknowledgeBy(hop) <= now) return "acknowledgement";
  return AnswerBy(hop) <= now ? "answer" : "";
}

absl::Time MissedTarget(const v1::Hop& hop, absl::Time now) {
  absl::Time missed = absl::InfinitePast();
  if (ClocksStand(hop.desk(), now)) return missed;
  for (const absl::Time target : {AcknowledgeBy(hop), AnswerBy(hop)}) {
    if (target <= now) missed = std::max(missed, target);
  }
  return missed;
}

absl::Time NextLook(const v1::Hop& hop, absl::Time now, absl::Time latest) {
  absl::Time next = latest;
  const v1::DeskWork& desk = hop.desk();
  const auto consider = [&](bool set, const Timestamp& at) {
    if (set && FromTimestamp(at) > now) next = std::min(next, FromTimestamp(at));
  };
  if (!desk.has_acknowledge_time()) {
    consider(hop.has_acknowledge_by(), hop.acknowledge_by());
    consider(desk.has_acknowledge_by(), desk.acknowledge_by());
  }
  consider(hop.has_answer_by(), hop.answer_by());
  consider(desk.has_answer_by(), desk.answer_by());
  consider(desk.has_delayed_until(), desk.delayed_until());
  return next;
}

void ResumeClocks(v1::Hop* hop, absl::Time now) {
  if (!hop->desk().has_wanted_time()) return;
  v1::DeskWork& desk = *hop->mutable_desk();
  const absl::Duration stood = now - FromTimestamp(desk.wanted_time());
  if (hop->has_acknowledge_by()) Move(hop->mutable_acknowledge_by(), stood);
  if (hop->has_answer_by()) Move(hop->mutable_answer_by(), stood);
  if (desk.has_acknowledge_by()) Move(desk.mutable_acknowledge_by(), stood);
  if (desk.has_answer_by()) Move(desk.mutable_answer_by(), stood);
  desk.clear_wanted();
  desk.clear_wanted_message();
  desk.clear_wanted_time();
}

}  // namespace tracegate

#include "gateway/tracing/desk_work.h"

#include <algorithm>

#include "gateway/tracing/timestamp.h"

namespace tracegate {
namespace {

bool IsDelayed(const v1::DeskWork& desk, absl::Time now) {
  return desk.has_delayed_until() && now < FromTimestamp(desk.delayed_until());
}

bool IsPast(bool set, const google::protobuf::Timestamp& target, absl::Time now) {
  return set && FromTimestamp(target) <= now;
}

}  // namespace

v1::TraceState StateAtDesk(const v1::DeskWork& desk, absl::Time now) {
  if (desk.has_wanted_time()) return v1::TRACE_STATE_INFO_REQUESTED;
  if (IsDelayed(desk, now)) return v1::TRACE_STATE_DELAYED;
  return desk.has_acknowledge_time() ? v1::TRACE_STATE_ACKNOWLEDGED : v1::TRACE_STATE_IN_PROGRESS;
}

std::string_view OverdueAtDesk(const v1::DeskWork& desk, absl::Time now) {
  if (desk.has_wanted_time() || IsDelayed(desk, now)) return "";
  if (!desk.has_acknowledge_time() &&
      IsPast(desk.has_acknowledge_by(), desk.acknowledge_by(), now)) {
    return "acknowledgement";
  }
  const bool was_delayed = IsPast(desk.has_delayed_until(), desk.delayed_until(), now);
  return was_delayed || IsPast(desk.has_answer_by(), desk.answer_by(), now) ? "answer" : "";
}

absl::Time NextLookAtDesk(const v1::DeskWork& desk, absl::Time now, absl::Time latest) {
  absl::Time next = latest;
  const auto consider = [&](bool set, const google::protobuf::Timestamp& at) {
    if (set && FromTimestamp(at) > now) next = std::min(next, FromTimestamp(at));
  };
  consider(desk.has_acknowledge_by() && !desk.has_acknowledge_time(), desk.acknowledge_by());
  consider(desk.has_answer_by(), desk.answer_by());
  consider(desk.has_delayed_until(), desk.delayed_until());
  return next;
}

}  // namespace tracegate

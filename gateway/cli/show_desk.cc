#include "gateway/cli/show_desk.h"

#include "gateway/cli/show_time.h"
#include "gateway/cli/show_trace.h"
#include "gateway/cli/table.h"
#include "gateway/tracing/hop_clock.h"

namespace tracegate {
namespace {

std::string Taken(const v1::DeskWork& desk) {
  if (desk.has_acknowledge_time()) {
    const v1::Agency& by = desk.responding_agency();
    return ", taken by " + by.state() + "/" + by.name() +
           (by.reference().empty() ? "" : " as " + by.reference());
  }
  if (!desk.has_acknowledge_by()) return "";
  return ", to be acknowledged by " + DayAndTime(desk.acknowledge_by());
}

}  // namespace

std::string ShowDeskWork(const v1::DeskWork& desk) {
  std::string out = "     at the desk since " + DayAndTime(desk.receive_time()) + Taken(desk);
  if (desk.has_answer_by()) out += ", to be answered by " + DayAndTime(desk.answer_by());
  out += "\n";
  if (desk.has_wanted_time()) {
    out += "     needs to know: " + desk.wanted_message();
    for (const auto& wanted : desk.wanted()) out += " [" + wanted.field() + "]";
    out += "\n";
  }
  if (desk.has_delayed_until()) {
    out += "     delayed until " + DayAndTime(desk.delayed_until()) + ", " +
           Words(v1::LegalGround_Name(desk.delay_ground()), "LEGAL_GROUND_") + ". " +
           desk.delay_explanation() + "\n";
  }
  return out;
}

std::string ShowDesk(const v1::ListTracesResponse& list, absl::Time now) {
  Table table({"TRACE", "FROM", "SINCE", "STATE", "OWED", "WEAPON"});
  for (const auto& trace : list.traces()) {
    const v1::TraceRequest& request = trace.request();
    std::string state = Words(v1::TraceState_Name(trace.state()), "TRACE_STATE_");
    if (request.urgency() == v1::URGENCY_URGENT) state += ", URGENT";
    const std::string_view owed = trace.hops().empty() ? "" : Overdue(trace.hops(0), now);
    table.Add({trace.trace_id(),
               request.requesting_agency().state() + "/" + request.requesting_agency().name(),
               DayAndTime(trace.create_time()), state, std::string(owed),
               ItemText(request.item())});
  }
  std::string out = table.empty() ? "nothing waits\n" : table.Text();
  if (!list.next_page_token().empty()) {
    out += "more: --page-token " + list.next_page_token() + "\n";
  }
  return out;
}

}  // namespace tracegate

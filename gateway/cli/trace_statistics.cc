#include "gateway/cli/trace_statistics.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_format.h"
#include "gateway/cli/table.h"
#include "gateway/tracing/trace_state.h"

namespace tracegate {
namespace {

using google::protobuf::Timestamp;

absl::Duration Between(const Timestamp& from, const Timestamp& to) {
  return absl::Microseconds(google::protobuf::util::TimeUtil::TimestampToMicroseconds(to) -
                            google::protobuf::util::TimeUtil::TimestampToMicroseconds(from));
}

// Hours, the median of an odd or even number; nothing where there are none.
std::string MedianHours(std::vector<absl::Duration> times) {
  if (times.empty()) return "";
  std::sort(times.begin(), times.end());
  const size_t half = times.size() / 2;
  const absl::Duration median =
      times.size() % 2 == 1 ? times[half] : (times[half - 1] + times[half]) / 2;
  return absl::StrFormat("%.1f", absl::ToDoubleHours(median));
}

template <typename Rows>
std::string TableOf(const std::string& head, const Rows& rows) {
  Table table({head, "TRACES", "DIVERSION ESTABLISHED"});
  for (const auto& [name, row] : rows)
    table.Add({name, std::to_string(row.traces), std::to_string(row.diversion_established)});
  return table.empty() ? "" : "\n" + table.Text();
}

template <typename Rows>
nlohmann::json JsonOfRows(const Rows& rows) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [name, row] : rows) {
    json[name] = {{"traces", row.traces}, {"diversion_established", row.diversion_established}};
  }
  return json;
}

}  // namespace

void TraceStatistics::Add(const v1::Trace& trace) {
  const bool established = trace.finding().point_of_diversion().established();
  const auto count = [&](Traced& traced) {
    ++traced.traces;
    if (established) ++traced.diversion_established;
  };
  count(all_);
  for (const v1::Hop& hop : trace.hops()) AddHop(hop);
  const std::string outcome = trace.has_finding()
                                  ? Words(v1::Outcome_Name(trace.finding().outcome()), "OUTCOME_")
                                  : Words(v1::TraceState_Name(trace.state()), "TRACE_STATE_");
  count(outcomes_[outcome]);
  const v1::TraceRequest& request = trace.request();
  count(recoveries_[Words(v1::RecoveryKind_Name(request.recovery().kind()), "RECOVERY_KIND_")]);
  for (const int offence : request.offences()) {
    count(offences_[Words(v1::OffenceContext_Name(static_cast<v1::OffenceContext>(offence)),
                          "OFFENCE_CONTEXT_")]);
  }
}

void TraceStatistics::AddHop(const v1::Hop& hop) {
  Asked& state = states_[hop.to_state()];
  if (hop.has_ask_time()) ++state.asked;
  if (hop.has_escalate_time()) ++state.late;
  if (hop.has_ask_time() && hop.desk().has_acknowledge_time())
    state.to_acknowledge.push_back(Between(hop.ask_time(), hop.desk().acknowledge_time()));
  if (!hop.has_answer()) {
    ++(IsOpen(hop) ? state.open : state.not_told);
    return;
  }
  state.to_answer.push_back(Between(hop.ask_time(), hop.answer_time()));
  const bool on_a_ground = hop.answer().legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED;
  if (hop.answer().outcome() == v1::OUTCOME_WITHHELD) {
    ++state.refused;
  } else {
    ++(on_a_ground ? state.restricted : state.answered);
  }
}

std::string TraceStatistics::Text() const {
  std::string text = absl::StrFormat("%d traces, point of diversion established in %d\n",
                                     all_.traces, all_.diversion_established);
  Table table({"STATE", "ASKED", "ANSWERED", "RESTRICTED", "REFUSED", "OPEN", "NOT TOLD", "LATE",
               "HOURS TO ACKNOWLEDGE", "TO ANSWER"});
  for (const auto& [name, row] : states_) {
    table.Add({name, std::to_string(row.asked), std::to_string(row.answered),
               std::to_string(row.restricted), std::to_string(row.refused),
               std::to_string(row.open), std::to_string(row.not_told), std::to_string(row.late),
               MedianHours(row.to_acknowledge), MedianHours(row.to_answer)});
  }
  if (!table.empty()) text += "\n" + table.Text();
  return text + TableOf("OUTCOME", outcomes_) + TableOf("RECOVERY", recoveries_) +
         TableOf("CONTEXT", offences_);
}

std::string TraceStatistics::Json() const {
  nlohmann::json states = nlohmann::json::object();
  for (const auto& [name, row] : states_) {
    states[name] = {{"asked", row.asked},
                    {"answered", row.answered},
                    {"restricted", row.restricted},
                    {"refused", row.refused},
                    {"open", row.open},
                    {"not_told", row.not_told},
                    {"late", row.late},
                    {"median_hours_to_acknowledge", MedianHours(row.to_acknowledge)},
                    {"median_hours_to_answer", MedianHours(row.to_answer)}};
  }
  return nlohmann::json{{"traces", all_.traces},
                        {"diversion_established", all_.diversion_established},
                        {"states", states},
                        {"outcomes", JsonOfRows(outcomes_)},
                        {"recoveries", JsonOfRows(recoveries_)},
                        {"contexts", JsonOfRows(offences_)}}
      .dump();
}

}  // namespace tracegate

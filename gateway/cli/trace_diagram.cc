#include "gateway/cli/trace_diagram.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "gateway/cli/table.h"

namespace tracegate {
namespace {

using google::protobuf::Timestamp;

// Lines with the time they belong to; those of one time stay in the order in which they were added.
class Sequence {
 public:
  void Say(const Timestamp& time, const std::string& from, const std::string& to,
           const std::string& what, bool is_reply = false) {
    Add(time, from + (is_reply ? "-->>" : "->>") + to + ": " + what);
  }
  void Note(const Timestamp& time, const std::string& over, const std::string& what) {
    Add(time, "Note over " + over + ": " + what);
  }
  std::string Text() {
    std::stable_sort(lines_.begin(), lines_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string text;
    for (const auto& [time, line] : lines_) text += "  " + line + "\n";
    return text;
  }

 private:
  void Add(const Timestamp& time, std::string line) {
    lines_.emplace_back(google::protobuf::util::TimeUtil::TimestampToMicroseconds(time),
                        std::move(line));
  }

  std::vector<std::pair<int64_t, std::string>> lines_;
};

std::string GroundWords(v1::LegalGround ground) {
  return Words(v1::LegalGround_Name(ground), "LEGAL_GROUND_");
}

std::string AnswerWords(const v1::Answer& answer) {
  std::string words = answer.outcome() == v1::OUTCOME_TRANSFERRED_TO_STATE
                          ? "transferred to " + answer.next_state()
                          : Words(v1::Outcome_Name(answer.outcome()), "OUTCOME_");
  if (answer.legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED)
    words += " (" + GroundWords(answer.legal_ground()) + ")";
  return words;
}

void AddDesk(const v1::Hop& hop, Sequence* sequence) {
  const v1::DeskWork& desk = hop.desk();
  const std::string& asked = hop.to_state();
  if (desk.has_acknowledge_time())
    sequence->Say(desk.acknowledge_time(), asked, hop.from_state(), "acknowledged (ITI 19)", true);
  if (desk.has_wanted_time())
    sequence->Say(desk.wanted_time(), asked, hop.from_state(), "wants to know more (ITI 21)", true);
}

void AddHop(const v1::Hop& hop, Sequence* sequence) {
  const std::string number = std::to_string(hop.number()) + ". ";
  const std::string& asked = hop.to_state();
  const std::string reason = Words(v1::RouteReason_Name(hop.reason()), "ROUTE_REASON_");
  if (!hop.has_ask_time()) {
    sequence->Note(hop.answer_time(), hop.from_state(), number + asked + " cannot be asked");
    return;
  }
  sequence->Say(hop.ask_time(), hop.from_state(), asked, number + "question: " + reason);
  AddDesk(hop, sequence);
  if (hop.has_answer()) {
    sequence->Say(hop.answer_time(), asked, hop.from_state(), number + AnswerWords(hop.answer()),
                  true);
  } else if (hop.state() == v1::HOP_STATE_REFUSED || hop.state() == v1::HOP_STATE_FAILED) {
    sequence->Note(hop.answer_time(), asked, number + "no answer");
  }
  for (const v1::Clarification& asking : hop.clarifications()) {
    sequence->Say(asking.ask_time(), hop.from_state(), asked, number + "why? (ITI 23)");
    if (!asking.clarification().empty())
      sequence->Say(asking.answer_time(), asked, hop.from_state(), number + "explains", true);
  }
}

// Whoever had the question when the asking State added something.
void AddToOpenHops(const v1::Trace& trace, const Timestamp& time, const std::string& what,
                   Sequence* sequence) {
  for (const v1::Hop& hop : trace.hops()) {
    const bool had_it = hop.has_ask_time() && hop.ask_time() <= time &&
                        (!hop.has_answer_time() || hop.answer_time() >= time);
    if (had_it) sequence->Say(time, hop.from_state(), hop.to_state(), what);
  }
}

}  // namespace

std::string TraceDiagram(const v1::Trace& trace) {
  std::string text = "sequenceDiagram\n";
  const std::string& asking = trace.request().requesting_agency().state();
  text += "  participant " + asking + "\n";
  std::set<std::string> named = {asking};
  Sequence sequence;
  sequence.Note(trace.create_time(), asking, "trace opened");
  for (const v1::Hop& hop : trace.hops()) {
    if (named.insert(hop.to_state()).second) text += "  participant " + hop.to_state() + "\n";
    AddHop(hop, &sequence);
  }
  for (const v1::Supplement& supplement : trace.supplements())
    AddToOpenHops(trace, supplement.supplement_time(), "supplement, as it was wanted (ITI 21)",
                  &sequence);
  if (trace.has_withdrawal())
    AddToOpenHops(trace, trace.withdrawal().withdraw_time(), "withdrawn", &sequence);
  if (trace.has_finding()) {
    const std::string state = Words(v1::TraceState_Name(trace.state()), "TRACE_STATE_");
    const std::string outcome = Words(v1::Outcome_Name(trace.finding().outcome()), "OUTCOME_");
    const v1::PointOfDiversion& point = trace.finding().point_of_diversion();
    sequence.Note(trace.update_time(), asking,
                  state + ": " + outcome +
                      (point.established() ? ", point of diversion in " + point.state() : ""));
  }
  return text + sequence.Text();
}

}  // namespace tracegate

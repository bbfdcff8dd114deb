#include "gateway/cli/show_trace.h"

#include "absl/strings/str_format.h"
#include "gateway/cli/show_desk.h"
#include "gateway/cli/show_time.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::string Or(const std::string& text, const std::string& otherwise) {
  return text.empty() ? otherwise : text;
}

std::string WordsOf(const v1::Term& term) {
  if (term.canonical().empty() || term.canonical() == term.verbatim()) {
    return Or(term.verbatim(), term.canonical());
  }
  return term.verbatim().empty() ? term.canonical()
                                 : term.verbatim() + " (" + term.canonical() + ")";
}

std::string Describe(const v1::Firearm& weapon) {
  std::string text = Or(WordsOf(weapon.manufacturer()), "maker unknown");
  if (weapon.has_model()) text += ", " + WordsOf(weapon.model());
  if (weapon.has_calibre()) text += ", " + WordsOf(weapon.calibre());
  text += ", No. " + Or(weapon.serial_number(), "none");
  return text;
}

std::string Describe(const v1::Item& item) {
  if (item.has_weapon()) return Describe(item.weapon());
  if (item.has_essential_part()) {
    return "part No. " + item.essential_part().serial_number() + " of " +
           WordsOf(item.essential_part().manufacturer());
  }
  return "ammunition lot " + item.ammunition_lot().lot_number();
}

std::string WhoAndWhere(const v1::Party& party, const std::string& state) {
  std::string text = Or(party.name(), state);
  if (!party.name().empty() && !state.empty()) text += " (" + state + ")";
  return text;
}

std::string Describe(const v1::LifeEvent& event) {
  std::string text = Words(v1::LifeEventKind_Name(event.kind()), "LIFE_EVENT_KIND_");
  const std::string to = WhoAndWhere(event.to_party(), event.to_state());
  const std::string from = WhoAndWhere(event.from_party(), event.from_state());
  if (!from.empty()) text += " from " + from;
  if (!to.empty()) text += " to " + to;
  if (!event.authorisation().empty()) text += ", authorisation " + event.authorisation();
  if (!event.note().empty()) text += ": " + event.note();
  return text;
}

void ShowCandidate(const v1::Candidate& candidate, std::string* out) {
  const v1::RegistryRecord& record = candidate.record();
  *out += "     record " + Or(record.record_number(), "(number withheld)") + ", " +
          Words(v1::MatchGrade_Name(candidate.grade()), "MATCH_GRADE_") + " match" +
          (candidate.needs_confirmation() ? ": COMPARE WITH THE WEAPON BEFORE ACTING" : "") + "\n";
  if (record.has_firearm()) *out += "       " + Describe(record.firearm()) + "\n";
  for (const auto& event : record.events()) {
    *out += "       " + Or(DateText(event.date()), "          ") + "  " + Describe(event) + "\n";
  }
  if (record.has_holder()) {
    *out += "       holder: " + WhoAndWhere(record.holder(), record.holder().state()) + "\n";
  }
  for (const auto& reason : candidate.reasons()) {
    if (reason.effect() == v1::MATCH_EFFECT_AGREES ||
        reason.effect() == v1::MATCH_EFFECT_NOT_RECORDED) {
      continue;
    }
    *out += "       " + reason.field() + " " +
            Words(v1::MatchEffect_Name(reason.effect()), "MATCH_EFFECT_") + ": asked '" +
            reason.asked() + "', recorded '" + reason.recorded() + "'\n";
  }
}

void ShowWithheld(const v1::Answer& answer, std::string* out) {
  if (answer.withheld_fields().empty()) return;
  *out += "     withheld by agreement:";
  for (const auto& field : answer.withheld_fields()) *out += " " + field;
  *out += "\n";
}

void ShowHandling(const v1::Handling& handling, std::string* out) {
  if (handling.codes().empty() && handling.restrictions().empty()) return;
  *out += "     handling:";
  for (const int code : handling.codes()) {
    *out += " " + v1::HandlingCode_Name(static_cast<v1::HandlingCode>(code)).substr(14);
  }
  if (!handling.restrictions().empty()) *out += " " + handling.restrictions();
  *out += "\n";
}

void ShowAnswer(const v1::Hop& hop, std::string* out) {
  const v1::Answer& answer = hop.answer();
  *out += "     " + Words(v1::Outcome_Name(answer.outcome()), "OUTCOME_");
  if (answer.legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED)
    *out += " (" + Words(v1::LegalGround_Name(answer.legal_ground()), "LEGAL_GROUND_") + ")";
  if (!answer.next_state().empty()) *out += " -> " + answer.next_state();
  *out += ". " + answer.explanation() + "\n";
  for (const auto& candidate : answer.candidates()) ShowCandidate(candidate, out);
  ShowWithheld(answer, out);
  ShowHandling(answer.handling(), out);
  if (hop.has_receipt()) {
    *out += absl::StrFormat("     their record: entry %d of %s\n", hop.receipt().leaf_index(),
                            hop.receipt().log_origin());
  }
}

void ShowClarifications(const v1::Hop& hop, std::string* out) {
  for (const v1::Clarification& asked : hop.clarifications()) {
    *out += "     asked to clarify: " + asked.question() + "\n";
    if (!asked.has_answer_time()) continue;
    *out += "       " + hop.to_state() + ": " + Or(asked.clarification(), "(not clarified)") + "\n";
  }
}

// What the agreement's targets say of a State that is asked.
void ShowTargets(const v1::Hop& hop, std::string* out) {
  if (hop.has_answer()) return;
  if (hop.has_escalate_time())
    *out += "     past its target since " + DayAndTime(hop.escalate_time()) + "\n";
  if (hop.has_answer_by())
    *out += "     by agreement to be answered by " + DayAndTime(hop.answer_by()) + "\n";
}

void ShowHop(const v1::Hop& hop, std::string* out) {
  *out += absl::StrFormat("  %d. %s -> %s  %s", hop.number(), hop.from_state(), hop.to_state(),
                          Words(v1::RouteReason_Name(hop.reason()), "ROUTE_REASON_"));
  if (!hop.reason_note().empty()) *out += ": " + hop.reason_note();
  if (!hop.agreement_id().empty()) *out += "  [" + hop.agreement_id() + "]";
  *out += "\n";
  if (hop.has_failure()) {
    *out += "     " + Words(v1::HopState_Name(hop.state()), "HOP_STATE_") + ", " +
            ReasonName(hop.failure().reason()) + ": " + hop.failure().message() + "\n";
  }
  if (hop.has_desk() && !hop.has_answer()) *out += ShowDeskWork(hop.desk());
  ShowTargets(hop, out);
  if (hop.has_answer()) ShowAnswer(hop, out);
  ShowClarifications(hop, out);
  if (hop.trail_end() != v1::TRAIL_END_UNSPECIFIED)
    *out += "     the trail ends here: " + Words(v1::TrailEnd_Name(hop.trail_end()), "TRAIL_END_") +
            "\n";
}
}  // namespace

std::string ItemText(const v1::Item& item) { return Describe(item); }

std::string ShowTrace(const v1::Trace& trace) {
  std::string out = "trace " + trace.trace_id() + "  " +
                    Words(v1::TraceState_Name(trace.state()), "TRACE_STATE_") + "\n";
  out += "  " + Describe(trace.request().item()) + "\n";
  for (const v1::Supplement& supplement : trace.supplements()) {
    out += "  added: " + supplement.message();
    if (supplement.has_item()) out += " [now " + Describe(supplement.item()) + "]";
    out += "\n";
  }
  if (trace.has_withdrawal())
    out += "  withdrawn by " + trace.withdrawal().agency().name() + ": " +
           Or(trace.withdrawal().explanation(), "(no reason given)") + "\n";
  for (const auto& hop : trace.hops()) ShowHop(hop, &out);
  if (trace.has_finding()) {
    out += "  finding: " + Words(v1::Outcome_Name(trace.finding().outcome()), "OUTCOME_") + ". " +
           trace.finding().summary() + "\n";
  }
  if (trace.finding().point_of_diversion().established()) {
    const auto& point = trace.finding().point_of_diversion();
    out += "  point of diversion: " + point.state() + ", after " +
           Or(DateText(point.after()), "a day not told") + ": " + point.basis() + "\n";
  }
  return out;
}

std::string ShowCheck(const v1::CheckTraceResponse& check) {
  std::string out = Describe(check.item()) + "\n";
  out += check.passes() ? "passes the quality gate\n" : "does NOT pass the quality gate\n";
  for (const auto& remark : check.remarks()) {
    out += "  " + Words(v1::RemarkSeverity_Name(remark.severity()), "REMARK_SEVERITY_") + "  " +
           remark.field() + ": " + remark.message() + " " + remark.help() + "\n";
  }
  for (const auto& step : check.route()) {
    out += "  would ask " + step.state() + ": " + step.reason_note() + "\n";
  }
  return out;
}

std::string ShowTraces(const v1::ListTracesResponse& list) {
  Table table({"TRACE", "STATE", "WEAPON", "HOPS", "FINDING"});
  for (const auto& trace : list.traces()) {
    table.Add({trace.trace_id(), Words(v1::TraceState_Name(trace.state()), "TRACE_STATE_"),
               Describe(trace.request().item()), std::to_string(trace.hops_size()),
               trace.has_finding() ? Words(v1::Outcome_Name(trace.finding().outcome()), "OUTCOME_")
                                   : ""});
  }
  std::string out = table.Text();
  if (!list.next_page_token().empty()) {
    out += "more: --page-token " + list.next_page_token() + "\n";
  }
  return out;
}

}  // namespace tracegate

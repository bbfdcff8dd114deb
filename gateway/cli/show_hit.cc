#include "gateway/cli/show_hit.h"

#include "gateway/cli/show_state.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::string HandlingLine(const v1::Handling& handling) {
  std::string text;
  for (const int code : handling.codes()) {
    text += " " + v1::HandlingCode_Name(static_cast<v1::HandlingCode>(code)).substr(14);
  }
  if (!handling.restrictions().empty()) text += " " + handling.restrictions();
  if (handling.onward_needs_consent()) text += " not to be passed on without consent";
  return text.empty() ? "" : "    handling:" + text + "\n";
}

std::string HitLines(const v1::Hit& hit) {
  return "    hit " + hit.hit_id() +
         (hit.needs_confirmation() ? ": COMPARE WITH THE WEAPON BEFORE ACTING\n" : "\n") +
         "    ask " + hit.contact().agency().state() + ": " + ContactLine(hit.contact()) + "\n" +
         HandlingLine(hit.handling());
}

std::string AgencyText(const v1::Agency& agency) {
  std::string text = agency.state() + "/" + agency.name();
  if (!agency.reference().empty()) text += ", " + agency.reference();
  return text;
}

std::string StatesWith(const std::vector<v1::CrossCheckResponse>& words,
                       v1::CrossCheckOutcome outcome) {
  std::string states;
  for (const auto& word : words) {
    if (word.outcome() == outcome) states += " " + word.state();
  }
  return states;
}

void AddLine(const std::string& what, const std::string& states, std::string* out) {
  if (!states.empty()) *out += "  " + what + ":" + states + "\n";
}

}  // namespace

std::string ShowWord(const v1::CrossCheckResponse& word) {
  std::string out = word.state() + "  " +
                    Words(v1::CrossCheckOutcome_Name(word.outcome()), "CROSS_CHECK_OUTCOME_");
  if (word.legal_ground() != v1::LEGAL_GROUND_UNSPECIFIED) {
    out += ", " + Words(v1::LegalGround_Name(word.legal_ground()), "LEGAL_GROUND_");
  }
  if (word.has_failure()) {
    out += ", " + ReasonName(word.failure().reason()) + ": " + word.failure().message();
  }
  if (!word.explanation().empty()) out += ": " + word.explanation();
  out += "  (" + std::to_string(word.states_asked() - word.states_outstanding()) + " of " +
         std::to_string(word.states_asked()) + ")\n";
  for (const v1::Hit& hit : word.hits()) out += HitLines(hit);
  return out;
}

std::string ShowSummary(const std::vector<v1::CrossCheckResponse>& words) {
  std::string out = words.empty() ? "" : "cross-check " + words[0].cross_check_id() + "\n";
  AddLine("hit", StatesWith(words, v1::CROSS_CHECK_OUTCOME_HIT), &out);
  AddLine("no hit", StatesWith(words, v1::CROSS_CHECK_OUTCOME_NO_HIT), &out);
  AddLine("not known",
          StatesWith(words, v1::CROSS_CHECK_OUTCOME_REFUSED) +
              StatesWith(words, v1::CROSS_CHECK_OUTCOME_UNAVAILABLE) +
              StatesWith(words, v1::CROSS_CHECK_OUTCOME_NO_AGREEMENT),
          &out);
  return out;
}

std::string ShowNotice(const v1::HitNotice& notice) {
  if (notice.side() == v1::HIT_SIDE_SEARCHER) {
    return "your check " + notice.cross_check_id() + " met a record of " + notice.hit().state() +
           "\n" + HitLines(notice.hit());
  }
  std::string out = "record " + notice.record_number() + " of " + notice.hit().state() +
                    " was hit by " + AgencyText(notice.searcher());
  if (notice.has_on_behalf_of()) out += " for " + AgencyText(notice.on_behalf_of());
  out += "\n    hit " + notice.hit().hit_id() +
         "; reach them: " + ContactLine(notice.searcher_contact()) + "\n" +
         HandlingLine(notice.hit().handling());
  return out;
}

std::string ShowLinks(const v1::FindLinksResponse& found) {
  std::string out = found.links().empty() ? "no links\n" : "";
  for (const v1::Link& link : found.links()) {
    out += Words(v1::LinkKind_Name(link.kind()), "LINK_KIND_") + "  trace " +
           link.to_end().trace_id() + " (" + link.to_end().state() + "): " + link.basis() +
           (link.needs_confirmation() ? "; COMPARE BEFORE ACTING\n" : "\n") +
           HandlingLine(link.handling());
  }
  if (!found.next_page_token().empty())
    out += "more: --page-token " + found.next_page_token() + "\n";
  return out;
}

}  // namespace tracegate

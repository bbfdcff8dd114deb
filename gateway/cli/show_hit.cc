#include "gateway/cli/show_hit.h"

#include <utility>

#include "gateway/cli/show_state.h"
#include "gateway/cli/show_time.h"
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

// Which of one's own questions is about the weapon that another asks about.
std::string FellowLines(const v1::HitNotice& notice) {
  std::string questions;
  for (const auto& [what, id] : {std::pair{"trace", &notice.trace_id()},
                                 std::pair{"subscription", &notice.subscription_id()},
                                 std::pair{"check", &notice.cross_check_id()}}) {
    if (id->empty()) continue;
    questions += (questions.empty() ? "" : ", ") + std::string(what) + " " + *id;
  }
  return AgencyText(notice.searcher()) + " asks about what may be the same weapon: your " +
         questions + "\n    reach them: " + ContactLine(notice.searcher_contact()) + "\n" +
         HandlingLine(notice.hit().handling());
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
    const std::string what = notice.subscription_id().empty()
                                 ? "check " + notice.cross_check_id()
                                 : "subscription " + notice.subscription_id();
    return "your " + what + " met a record of " + notice.hit().state() + "\n" +
           HitLines(notice.hit());
  }
  if (notice.side() == v1::HIT_SIDE_FELLOW_SEARCHER) return FellowLines(notice);
  std::string out = "record " + notice.record_number() + " of " + notice.hit().state() +
                    " was hit by " + AgencyText(notice.searcher());
  if (notice.has_on_behalf_of()) out += " for " + AgencyText(notice.on_behalf_of());
  out += "\n    hit " + notice.hit().hit_id() +
         "; reach them: " + ContactLine(notice.searcher_contact()) + "\n" +
         HandlingLine(notice.hit().handling());
  return out;
}

std::string ShowSubscription(const v1::Subscription& subscription) {
  const std::string& id = subscription.subscription_id();
  std::string out = "subscription " + id + "  " +
                    Words(v1::SubscriptionState_Name(subscription.state()), "SUBSCRIPTION_STATE_") +
                    ", until " + DayAndTime(subscription.expire_time()) + "\n";
  if (subscription.state() != v1::SUBSCRIPTION_STATE_ACTIVE) return out;
  return out + "  hears: liaison watch --subscription " + id + "\n  ends: liaison unsubscribe " +
         id + "\n";
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

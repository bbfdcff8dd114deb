#include "gateway/cli/show_state.h"

#include "absl/time/time.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/duration.h"

namespace tracegate {
namespace {

std::string InstantOf(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

void Append(const std::string& part, const std::string& separator, std::string* text) {
  if (part.empty()) return;
  *text += text->empty() ? part : separator + part;
}

std::string PurposesOf(const v1::PointOfContact& contact) {
  std::string text;
  for (const int purpose : contact.purposes()) {
    Append(Words(v1::ContactPurpose_Name(static_cast<v1::ContactPurpose>(purpose)),
                 "CONTACT_PURPOSE_"),
           ", ", &text);
  }
  return text;
}

std::string ReachabilityOf(const v1::State& state) {
  return Words(v1::Reachability_Name(state.health().reachability()), "REACHABILITY_");
}

std::string HealthLine(const v1::StateHealth& health) {
  std::string text = Words(v1::Reachability_Name(health.reachability()), "REACHABILITY_");
  Append(health.message(), ": ", &text);
  if (health.has_check_time()) text += "; found out " + InstantOf(health.check_time());
  if (health.has_next_attempt_time()) {
    text += "; tried again from " + InstantOf(health.next_attempt_time());
  }
  return text;
}

std::string CapabilitiesLine(const v1::Capabilities& capabilities) {
  std::string text;
  for (const std::string& service : capabilities.services()) {
    Append(service.substr(service.rfind('.') + 1), ", ", &text);
  }
  Append(capabilities.answered_by_desk() ? "answered by a person" : "", "; ", &text);
  Append(capabilities.partial_serials() ? "serials with unread characters" : "", "; ", &text);
  Append(capabilities.essential_parts() ? "parts by their number" : "", "; ", &text);
  if (capabilities.has_expected_answer()) {
    Append("usually within " + absl::FormatDuration(ToDuration(capabilities.expected_answer())),
           "; ", &text);
  }
  return text;
}

std::string AgreementLine(const v1::AgreementInForce& agreement) {
  std::string text = agreement.agreement_id() + "  " + agreement.asking_state() + " asks " +
                     agreement.answering_state() + ", " +
                     Words(v1::LegalBasis_Name(agreement.legal_basis()), "LEGAL_BASIS_") +
                     ", from " + DateText(agreement.from_date());
  if (agreement.has_to_date()) text += " to " + DateText(agreement.to_date());
  text += ":";
  for (const int use : agreement.purposes()) {
    text +=
        " " + Words(v1::IntendedUse_Name(static_cast<v1::IntendedUse>(use)), "INTENDED_USE_") + ",";
  }
  text.pop_back();
  if (agreement.requires_confidentiality()) text += "; confidentiality must be guaranteed";
  return text;
}

std::string PracticeLine(const v1::MarkingPractice& practice) {
  std::string text = Words(v1::MarkKind_Name(practice.kind()), "MARK_KIND_");
  const std::string from = DateText(practice.from_date());
  const std::string to = DateText(practice.to_date());
  if (!from.empty() || !to.empty()) text += " (" + from + " to " + to + ")";
  std::string what;
  Append(practice.example().empty() ? "" : "'" + practice.example() + "'", "; ", &what);
  Append(practice.description(), "; ", &what);
  Append(what, ": ", &text);
  return text;
}

}  // namespace

std::string ContactLine(const v1::PointOfContact& contact) {
  std::string text =
      contact.agency().title().empty() ? contact.agency().name() : contact.agency().title();
  Append(contact.email(), ", ", &text);
  Append(contact.phone(), ", ", &text);
  std::string languages;
  for (const std::string& language : contact.languages()) Append(language, " ", &languages);
  Append(languages, ", ", &text);
  Append(contact.hours(), ", ", &text);
  Append(contact.always_staffed() ? "always staffed" : "", ", ", &text);
  return text;
}

std::string ShowState(const v1::State& state) {
  std::string out = state.code() + "  " + state.name();
  for (const std::string& former : state.succeeds()) out += ", " + former;
  out += "\n  health: " + HealthLine(state.health()) + "\n";
  if (state.has_capabilities())
    out += "  can be asked: " + CapabilitiesLine(state.capabilities()) + "\n";
  for (const auto& contact : state.contacts()) {
    out += "  contact for " + PurposesOf(contact) + ": " + ContactLine(contact) + "\n";
  }
  for (const auto& practice : state.marking_practices()) {
    out += "  marks: " + PracticeLine(practice) + "\n";
  }
  for (const auto& agreement : state.agreements()) {
    out += "  agreement " + AgreementLine(agreement) + "\n";
  }
  if (state.agreements().empty()) out += "  no agreement with your State\n";
  return out;
}

std::string ShowStates(const v1::ListStatesResponse& list) {
  Table table({"STATE", "NAME", "HEALTH", "CONTACTS", "AGREEMENTS"});
  for (const auto& state : list.states()) {
    table.Add({state.code(), state.name(), ReachabilityOf(state),
               std::to_string(state.contacts_size()), std::to_string(state.agreements_size())});
  }
  std::string out = table.Text();
  if (!list.next_page_token().empty()) out += "more: --page-token " + list.next_page_token() + "\n";
  return out;
}

}  // namespace tracegate

#include "gateway/policy/handling.h"

#include <algorithm>
#include <string>
#include <vector>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kAgencyBytesMax = 64;

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }

bool IsAgencyByte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

// Whether whoever `narrow` names is among those that `wide` names.
bool Contains(std::string_view wide, std::string_view narrow) {
  return wide == narrow ||
         (wide.size() == 2 && narrow.size() > 3 && narrow.substr(0, 2) == wide && narrow[2] == '/');
}

bool ContainedInAny(const std::string& body, const std::vector<std::string>& bodies) {
  return std::any_of(bodies.begin(), bodies.end(),
                     [&](const std::string& wide) { return Contains(wide, body); });
}

void JoinCodes(const v1::Handling& other, v1::Handling* handling) {
  for (const int code : other.codes()) {
    const auto& codes = handling->codes();
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) continue;
    handling->add_codes(static_cast<v1::HandlingCode>(code));
  }
}

// The same text is not said twice, so that joining again changes nothing.
void JoinRestrictions(const v1::Handling& other, v1::Handling* handling) {
  std::string* text = handling->mutable_restrictions();
  if (other.restrictions().empty()) return;
  const std::string mark = "; ";
  if ((mark + *text + mark).find(mark + other.restrictions() + mark) != std::string::npos) return;
  *text += text->empty() ? other.restrictions() : mark + other.restrictions();
}

void JoinRecipients(const v1::Handling& other, v1::Handling* handling) {
  if (other.recipients().empty()) return;
  if (handling->recipients().empty()) {
    *handling->mutable_recipients() = other.recipients();
    return;
  }
  const std::vector<std::string> ours(handling->recipients().begin(), handling->recipients().end());
  const std::vector<std::string> theirs(other.recipients().begin(), other.recipients().end());
  handling->clear_recipients();
  for (const std::string& body : ours) {
    if (ContainedInAny(body, theirs)) handling->add_recipients(body);
  }
  for (const std::string& body : theirs) {
    const auto& kept = handling->recipients();
    if (std::find(kept.begin(), kept.end(), body) != kept.end()) continue;
    if (ContainedInAny(body, ours)) handling->add_recipients(body);
  }
  if (handling->recipients().empty()) handling->set_onward_needs_consent(true);
}

}  // namespace

v1::Handling HandlingOf(const config::v1::Agreement& agreement) {
  v1::Handling handling;
  for (const int code : agreement.handling()) {
    handling.add_codes(static_cast<v1::HandlingCode>(code));
  }
  handling.set_restrictions(agreement.restrictions());
  *handling.mutable_recipients() = agreement.recipients();
  handling.set_source_evaluation(agreement.source_evaluation());
  handling.set_information_evaluation(agreement.information_evaluation());
  handling.set_onward_needs_consent(agreement.onward_needs_consent());
  return handling;
}

void JoinHandling(const v1::Handling& other, v1::Handling* handling) {
  JoinCodes(other, handling);
  JoinRestrictions(other, handling);
  handling->set_onward_needs_consent(handling->onward_needs_consent() ||
                                     other.onward_needs_consent());
  JoinRecipients(other, handling);
  // A before B before C before X, 1 before 4, and nothing said before all of them.
  handling->set_source_evaluation(
      std::max(handling->source_evaluation(), other.source_evaluation()));
  handling->set_information_evaluation(
      std::max(handling->information_evaluation(), other.information_evaluation()));
}

bool IsRecipient(std::string_view text) {
  if (text.size() < 2 || !IsLetter(text[0]) || !IsLetter(text[1])) return false;
  if (text.size() == 2) return true;
  const std::string_view agency = text.substr(3);
  return text[2] == '/' && !agency.empty() && agency.size() <= kAgencyBytesMax &&
         std::all_of(agency.begin(), agency.end(), IsAgencyByte);
}

absl::Status MayPassOn(const v1::Handling& handling, std::string_view from, std::string_view to) {
  if (from == to) return absl::OkStatus();
  const std::string told = "what " + std::string(from) + " told";
  const auto& codes = handling.codes();
  if (handling.onward_needs_consent() ||
      std::find(codes.begin(), codes.end(), v1::HANDLING_CODE_H2) != codes.end()) {
    return Failure(v1::REASON_ONWARD_CONSENT_REQUIRED,
                   told + " may not be passed to " + std::string(to) + " without its consent");
  }
  const auto& recipients = handling.recipients();
  const bool named = std::any_of(recipients.begin(), recipients.end(),
                                 [&](const std::string& body) { return Contains(to, body); });
  if (recipients.empty() || named) return absl::OkStatus();
  return Failure(
      v1::REASON_ONWARD_CONSENT_REQUIRED,
      told + " is for recipients that it names, and none of them is of " + std::string(to));
}

}  // namespace tracegate

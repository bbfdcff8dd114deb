#include "gateway/directory/directory_check.h"

#include <algorithm>
#include <string_view>

#include "adapters/marking/states.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kContactsMax = 32;
constexpr int kMarkingPracticesMax = 256;
constexpr size_t kPhoneDigitsMax = 15;  // E.164

absl::Status Invalid(const std::string& field, std::string_view message) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, message);
}

bool IsPhone(std::string_view phone) {
  if (phone.size() < 3 || phone.size() > 1 + kPhoneDigitsMax || phone[0] != '+') return false;
  return std::all_of(phone.begin() + 1, phone.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool HasUnspecifiedPurpose(const v1::PointOfContact& contact) {
  return std::find(contact.purposes().begin(), contact.purposes().end(),
                   v1::CONTACT_PURPOSE_UNSPECIFIED) != contact.purposes().end();
}

absl::Status CheckContact(const v1::PointOfContact& contact, const std::string& state,
                          const std::string& at) {
  if (contact.agency().state() != state) {
    return Invalid(at + ".agency.state", "must be " + state + ", whose contact this is");
  }
  if (contact.agency().name().empty()) return Invalid(at + ".agency.name", "is required");
  if (contact.purposes().empty() || HasUnspecifiedPurpose(contact)) {
    return Invalid(at + ".purposes", "say what it is the contact for, such as TRACING or LIAISON");
  }
  if (contact.email().empty() && contact.phone().empty()) {
    return Invalid(at, "give an email or a phone: nobody can be reached by neither");
  }
  if (!contact.phone().empty() && !IsPhone(contact.phone())) {
    return Invalid(at + ".phone",
                   "'" + contact.phone() + "' is no number by E.164 such as +3222345678");
  }
  return absl::OkStatus();
}

// The contract's own bounds, as a mistake in a file.
absl::Status CheckBoundsOf(const config::v1::DirectoryState& state, const std::string& at) {
  const absl::Status status = CheckBounds(state, at);
  if (status.ok()) return status;
  const v1::FieldViolation violation = DetailOf(status).violations(0);
  return Invalid(violation.field(), violation.description());
}

}  // namespace

absl::Status CheckDirectoryState(const config::v1::DirectoryState& state, const std::string& at) {
  const State* known = StateCatalogue::Standard().Find(state.state());
  if (known == nullptr || known->IsFormer()) {
    return Invalid(at + ".state",
                   "'" + state.state() + "' is no State of today; write its ISO 3166-1 alpha-2");
  }
  if (state.contacts_size() > kContactsMax) {
    return Invalid(at + ".contacts", "has " + std::to_string(state.contacts_size()) + "; at most " +
                                         std::to_string(kContactsMax) + " fit");
  }
  if (state.marking_practices_size() > kMarkingPracticesMax) {
    return Invalid(at + ".marking_practices",
                   "has " + std::to_string(state.marking_practices_size()) + "; at most " +
                       std::to_string(kMarkingPracticesMax) + " fit");
  }
  if (auto status = CheckBoundsOf(state, at); !status.ok()) return status;
  for (int i = 0; i < state.contacts_size(); ++i) {
    const std::string contact = at + ".contacts[" + std::to_string(i) + "]";
    if (auto status = CheckContact(state.contacts(i), state.state(), contact); !status.ok()) {
      return status;
    }
  }
  for (int i = 0; i < state.marking_practices_size(); ++i) {
    if (state.marking_practices(i).kind() != v1::MARK_KIND_UNSPECIFIED) continue;
    return Invalid(at + ".marking_practices[" + std::to_string(i) + "].kind",
                   "say what the marks are for, such as IMPORT");
  }
  return absl::OkStatus();
}

}  // namespace tracegate

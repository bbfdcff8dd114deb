#include "gateway/cli/typed_purpose.h"

#include "gateway/cli/enum_word.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

void TypedPurpose::AddTo(CLI::App* command) {
  command->add_option("--ground", grounds, "Why it is illicit, e.g. national_law");
  command->add_flag("--used-in-crime", used_in_crime, "A lawful weapon that was used in a crime");
  command->add_option("--use", use, "What a hit is for, e.g. criminal_investigation");
  command->add_option("--justification", justification, "Why it is asked");
  auto* yes = command->add_flag("--confidential", confidential, "A hit can be kept confidential");
  command->add_flag("--not-confidential", not_confidential, "It cannot")->excludes(yes);
  command->add_option("--on-behalf-of", on_behalf_of, "Whom it is asked for: CL/carabineros");
}

absl::StatusOr<std::vector<v1::IllicitGround>> GroundsOf(const std::vector<std::string>& words) {
  std::vector<v1::IllicitGround> grounds;
  for (const std::string& word : words) {
    const auto ground = EnumNumber("--ground", word, *v1::IllicitGround_descriptor());
    if (!ground.ok()) return ground.status();
    grounds.push_back(static_cast<v1::IllicitGround>(*ground));
  }
  return grounds;
}

absl::StatusOr<v1::IntendedUse> IntendedUseOf(const std::string& word) {
  const auto use = EnumNumber("--use", word, *v1::IntendedUse_descriptor());
  if (!use.ok()) return use.status();
  return static_cast<v1::IntendedUse>(*use);
}

absl::Status ReadOnBehalfOf(const std::string& text, v1::Agency* agency) {
  if (text.size() < 4 || text[2] != '/') {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "--on-behalf-of",
                        "write State and agency, such as CL/carabineros");
  }
  agency->set_state(text.substr(0, 2));
  agency->set_name(text.substr(3));
  return absl::OkStatus();
}

}  // namespace tracegate

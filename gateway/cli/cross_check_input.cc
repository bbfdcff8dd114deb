#include "gateway/cli/cross_check_input.h"

#include "gateway/cli/enum_word.h"
#include "gateway/cli/request_input.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status AddGrounds(const std::vector<std::string>& words, v1::CrossCheckRequest* request) {
  for (const std::string& word : words) {
    const auto ground = EnumNumber("--ground", word, *v1::IllicitGround_descriptor());
    if (!ground.ok()) return ground.status();
    request->add_grounds(static_cast<v1::IllicitGround>(*ground));
  }
  return absl::OkStatus();
}

absl::Status SetUse(const std::string& word, v1::CrossCheckRequest* request) {
  if (word.empty()) return absl::OkStatus();
  const auto use = EnumNumber("--use", word, *v1::IntendedUse_descriptor());
  if (use.ok()) request->set_intended_use(static_cast<v1::IntendedUse>(*use));
  return use.status();
}

}  // namespace

absl::Status ReadOnBehalfOf(const std::string& text, v1::Agency* agency) {
  if (text.size() < 4 || text[2] != '/') {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "--on-behalf-of",
                        "write State and agency, such as CL/carabineros");
  }
  agency->set_state(text.substr(0, 2));
  agency->set_name(text.substr(3));
  return absl::OkStatus();
}

void TypedCrossCheck::AddTo(CLI::App* command) {
  command->add_option("--file", file, "CrossCheckRequest, YAML or JSON; - for standard input");
  marks.AddTo(command);
  command->add_option("--to", to_states, "States to ask; else all that an agreement opens");
  command->add_option("--ground", grounds, "Why it is illicit, e.g. national_law");
  command->add_flag("--used-in-crime", used_in_crime, "A lawful weapon that was used in a crime");
  command->add_option("--use", use, "What a hit is for, e.g. criminal_investigation");
  command->add_option("--justification", justification, "Why it is asked");
  auto* yes = command->add_flag("--confidential", confidential, "A hit can be kept confidential");
  command->add_flag("--not-confidential", not_confidential, "It cannot")->excludes(yes);
  command->add_option("--on-behalf-of", on_behalf_of, "Whom it is asked for: CL/carabineros");
  command->add_option("--reference", reference, "Your own case number");
}

absl::StatusOr<v1::CrossCheckRequest> CrossCheckOf(const TypedCrossCheck& typed) {
  v1::CrossCheckRequest request;
  absl::Status status;
  if (!typed.file.empty()) status = ReadRequest(typed.file, &request);
  if (status.ok()) status = AddGrounds(typed.grounds, &request);
  if (status.ok()) status = SetUse(typed.use, &request);
  if (status.ok() && !typed.on_behalf_of.empty()) {
    status = ReadOnBehalfOf(typed.on_behalf_of, request.mutable_on_behalf_of());
  }
  if (!status.ok()) return status;
  if (!request.has_blinded()) LayOver(typed.marks, request.mutable_item());
  if (!typed.to_states.empty()) {
    request.mutable_to_states()->Assign(typed.to_states.begin(), typed.to_states.end());
  }
  if (typed.used_in_crime) request.set_used_in_crime(true);
  if (!typed.justification.empty()) request.set_justification(typed.justification);
  if (typed.confidential) request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  if (typed.not_confidential) {
    request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  }
  if (!typed.reference.empty()) {
    request.mutable_requesting_agency()->set_reference(typed.reference);
  }
  return request;
}

}  // namespace tracegate

#include "gateway/cli/typed_transfer.h"

#include "gateway/cli/enum_word.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<v1::AuthorisationReference> ParseAuthorisation(const std::string& option,
                                                              const std::string& text) {
  v1::AuthorisationReference reference;
  if (text.size() < 4 || text[2] != '/') {
    return FieldFailure(v1::REASON_CONFIG_INVALID, option,
                        "write the State that issued it and its number, such as FI/2026-0417");
  }
  reference.set_issuing_state(text.substr(0, 2));
  reference.set_number(text.substr(3));
  return reference;
}

absl::Status AddCategories(const std::vector<std::string>& words,
                           google::protobuf::RepeatedField<int>* categories) {
  for (const std::string& word : words) {
    const auto category = EnumNumber("--category", word, *v1::ArmsCategory_descriptor());
    if (!category.ok()) return category.status();
    categories->Add(*category);
  }
  return absl::OkStatus();
}

void TypedConfidentiality::AddTo(CLI::App* command) {
  auto* yes = command->add_flag("--confidential", given, "An answer can be kept confidential");
  command->add_flag("--not-confidential", not_possible, "It cannot")->excludes(yes);
}

v1::ConfidentialityGuarantee TypedConfidentiality::Guarantee() const {
  if (given) return v1::CONFIDENTIALITY_GUARANTEE_GIVEN;
  return not_possible ? v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE
                      : v1::CONFIDENTIALITY_GUARANTEE_UNSPECIFIED;
}

}  // namespace tracegate

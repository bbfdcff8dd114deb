#ifndef TRACEGATE_GATEWAY_CLI_TYPED_TRANSFER_H_
#define TRACEGATE_GATEWAY_CLI_TYPED_TRANSFER_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What is typed of transfers in more than one command. Errors: CONFIG_INVALID naming the option.

// "FI/2026-0417": the State that issued an authorisation, and its number.
absl::StatusOr<v1::AuthorisationReference> ParseAuthorisation(const std::string& option,
                                                              const std::string& text);

// Adds the categories of those words to a field.
absl::Status AddCategories(const std::vector<std::string>& words,
                           google::protobuf::RepeatedField<int>* categories);

// Whether what is told can be kept confidential; one of two flags.
struct TypedConfidentiality {
  bool given = false;
  bool not_possible = false;

  // The flags of a command that they are typed to; lives as long as the parse.
  void AddTo(CLI::App* command);
  v1::ConfidentialityGuarantee Guarantee() const;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TYPED_TRANSFER_H_

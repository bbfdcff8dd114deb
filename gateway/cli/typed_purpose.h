#ifndef TRACEGATE_GATEWAY_CLI_TYPED_PURPOSE_H_
#define TRACEGATE_GATEWAY_CLI_TYPED_PURPOSE_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What a liaison officer types to say why a weapon is asked about, for whom, and how a hit will be kept.
struct TypedPurpose {
  std::vector<std::string> grounds;
  bool used_in_crime = false;
  std::string use;
  std::string justification;
  bool confidential = false;
  bool not_confidential = false;
  std::string on_behalf_of;  // "CL/carabineros"

  // The options of a command that they are typed to; lives as long as the parse.
  void AddTo(CLI::App* command);

  // Lays what was typed over a request of a file, each over its field: a CrossCheckRequest or SubscribeRequest. CONFIG_INVALID
  // naming the option.
  template <typename Request>
  absl::Status LayOver(Request* request) const;
};

// Numbers of typed words: "national_law". CONFIG_INVALID naming the option.
absl::StatusOr<std::vector<v1::IllicitGround>> GroundsOf(const std::vector<std::string>& words);
absl::StatusOr<v1::IntendedUse> IntendedUseOf(const std::string& word);

// The agency that `--on-behalf-of` names: "CL/carabineros". CONFIG_INVALID.
absl::Status ReadOnBehalfOf(const std::string& text, v1::Agency* agency);

template <typename Request>
absl::Status TypedPurpose::LayOver(Request* request) const {
  const auto typed_grounds = GroundsOf(grounds);
  if (!typed_grounds.ok()) return typed_grounds.status();
  for (const v1::IllicitGround ground : *typed_grounds) request->add_grounds(ground);
  if (used_in_crime) request->set_used_in_crime(true);
  if (!use.empty()) {
    const auto typed_use = IntendedUseOf(use);
    if (!typed_use.ok()) return typed_use.status();
    request->set_intended_use(*typed_use);
  }
  if (!justification.empty()) request->set_justification(justification);
  if (confidential) request->set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  if (not_confidential) {
    request->set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  }
  if (on_behalf_of.empty()) return absl::OkStatus();
  return ReadOnBehalfOf(on_behalf_of, request->mutable_on_behalf_of());
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TYPED_PURPOSE_H_

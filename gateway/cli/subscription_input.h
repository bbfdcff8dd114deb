#ifndef TRACEGATE_GATEWAY_CLI_SUBSCRIPTION_INPUT_H_
#define TRACEGATE_GATEWAY_CLI_SUBSCRIPTION_INPUT_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/typed_marks.h"
#include "gateway/cli/typed_purpose.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// What a liaison officer types to be told of later hits, each over the field of the file.
struct TypedSubscription {
  std::string file;
  TypedMarks marks;
  std::vector<std::string> in_states;
  TypedPurpose purpose;
  std::string until;
  std::string request_id;

  // The options of a command that they are typed to; lives as long as the parse.
  void AddTo(CLI::App* command);
};

// The request that was typed, over the file's; an id is made where none was typed. Errors: CONFIG_INVALID naming file, line
// and key, or the option.
absl::StatusOr<v1::SubscribeRequest> SubscribeRequestOf(const TypedSubscription& typed);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SUBSCRIPTION_INPUT_H_

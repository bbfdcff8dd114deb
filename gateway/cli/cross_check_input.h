#ifndef TRACEGATE_GATEWAY_CLI_CROSS_CHECK_INPUT_H_
#define TRACEGATE_GATEWAY_CLI_CROSS_CHECK_INPUT_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/typed_marks.h"
#include "gateway/cli/typed_purpose.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// What a liaison officer types to ask whether any State knows a weapon, each over the field of the file.
struct TypedCrossCheck {
  std::string file;
  TypedMarks marks;
  std::vector<std::string> to_states;
  TypedPurpose purpose;
  std::string reference;

  // The options of a command that they are typed to; lives as long as the parse.
  void AddTo(CLI::App* command);
};

// The request that was typed, over the file's. Errors: CONFIG_INVALID naming file, line and key, or the option.
absl::StatusOr<v1::CrossCheckRequest> CrossCheckOf(const TypedCrossCheck& typed);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_CROSS_CHECK_INPUT_H_

#ifndef TRACEGATE_GATEWAY_CLI_MARK_OPTIONS_H_
#define TRACEGATE_GATEWAY_CLI_MARK_OPTIONS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/request_input.h"

namespace tracegate {

// Adds the options by which an officer types marks: --serial, --manufacturer, ... `marks` outlives the command.
void AddMarkOptions(CLI::App* command, TypedMarks* marks);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARK_OPTIONS_H_

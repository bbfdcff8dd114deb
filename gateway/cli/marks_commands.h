#ifndef TRACEGATE_GATEWAY_CLI_MARKS_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `marks read` and `marks match`, which ask no gateway and need no profile. `session` outlives
// the parse.
void AddMarksCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_COMMANDS_H_

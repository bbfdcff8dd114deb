#ifndef TRACEGATE_GATEWAY_CLI_LOG_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_LOG_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `log list`, `log checkpoint` and `log verify`. `session` outlives the parse.
void AddLogCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_LOG_COMMANDS_H_

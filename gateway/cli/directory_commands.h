#ifndef TRACEGATE_GATEWAY_CLI_DIRECTORY_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_DIRECTORY_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `directory list|show`. `session` outlives the parse.
void AddDirectoryCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_DIRECTORY_COMMANDS_H_

#ifndef TRACEGATE_GATEWAY_CLI_LIAISON_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_LIAISON_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `liaison check|watch|links`. `session` outlives the parse.
void AddLiaisonCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_LIAISON_COMMANDS_H_

#ifndef TRACEGATE_GATEWAY_CLI_END_USE_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_END_USE_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `transfer end-use ask|answer|show` and `transfer authorizations`: what States ask each other of an export.
// `session` outlives the parse.
void AddEndUseCommands(CLI::App* transfer, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_END_USE_COMMANDS_H_

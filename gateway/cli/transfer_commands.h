#ifndef TRACEGATE_GATEWAY_CLI_TRANSFER_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_TRANSFER_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `transfer ...`: the record of what crossed borders. `session` outlives the parse.
void AddTransferCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRANSFER_COMMANDS_H_

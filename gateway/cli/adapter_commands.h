#ifndef TRACEGATE_GATEWAY_CLI_ADAPTER_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_ADAPTER_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `adapter test`: for whoever writes or connects an adapter. `session` outlives the parse.
void AddAdapterCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_ADAPTER_COMMANDS_H_

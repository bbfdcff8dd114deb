#ifndef TRACEGATE_GATEWAY_CLI_RETENTION_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_RETENTION_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// `session` outlives the parse.

// Adds `retention plan`, which needs no gateway and no profile.
void AddRetentionCommands(CLI::App* app, Session* session);
// Adds `hold set`, `hold lift` and `hold list`.
void AddHoldCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_RETENTION_COMMANDS_H_

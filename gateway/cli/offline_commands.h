#ifndef TRACEGATE_GATEWAY_CLI_OFFLINE_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_OFFLINE_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// What is checked years later, with files and public keys alone: no gateway, no profile. `session` outlives the parse.

// Adds `verify` to `log`.
void AddLogVerify(CLI::App* log, Session* session);
// Adds `receipt verify`.
void AddReceiptCommands(CLI::App* app, Session* session);
// Adds `checkpoint verify`.
void AddCheckpointCommands(CLI::App* app, Session* session);
// Adds `proof check`.
void AddProofCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_OFFLINE_COMMANDS_H_

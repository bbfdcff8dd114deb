#ifndef TRACEGATE_GATEWAY_CLI_RECONCILE_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_RECONCILE_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `transfer reconcile|discrepancies|resolve`: one State's figures against a partner's. `session` outlives the parse.
void AddReconcileCommands(CLI::App* transfer, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_RECONCILE_COMMANDS_H_

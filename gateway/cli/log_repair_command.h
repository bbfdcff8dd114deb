#ifndef TRACEGATE_GATEWAY_CLI_LOG_REPAIR_COMMAND_H_
#define TRACEGATE_GATEWAY_CLI_LOG_REPAIR_COMMAND_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// `log repair`: makes tiles anew that are not what the signed entries make, in the store of a gateway that is stopped;
// says why nothing else can be repaired.
void AddLogRepair(CLI::App* log, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_LOG_REPAIR_COMMAND_H_

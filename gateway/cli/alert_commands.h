#ifndef TRACEGATE_GATEWAY_CLI_ALERT_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_ALERT_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `transfer alert`, `transfer alerts` and `transfer follow-up`.
void AddAlertCommands(CLI::App* transfer, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_ALERT_COMMANDS_H_

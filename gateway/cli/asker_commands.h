#ifndef TRACEGATE_GATEWAY_CLI_ASKER_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_ASKER_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds to `trace` what an officer does with a trace of their own: supplement, seek clarification, withdraw.
void AddAskerCommands(CLI::App* trace, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_ASKER_COMMANDS_H_

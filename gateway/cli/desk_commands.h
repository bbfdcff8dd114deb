#ifndef TRACEGATE_GATEWAY_CLI_DESK_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_DESK_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// `tracegate desk list|take|ask|answer|delay|refuse`: the inbox of an officer who answers other States' questions by hand.
void AddDeskCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_DESK_COMMANDS_H_

#ifndef TRACEGATE_GATEWAY_CLI_TRACE_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_TRACE_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `trace check|create|get|list|watch|import`. `session` outlives the parse.
void AddTraceCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRACE_COMMANDS_H_

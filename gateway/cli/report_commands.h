#ifndef TRACEGATE_GATEWAY_CLI_REPORT_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_REPORT_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `report att|unroca|wassenaar|poa|iafq|sdg`: the figures that States report. `session` outlives the parse.
void AddReportCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_REPORT_COMMANDS_H_

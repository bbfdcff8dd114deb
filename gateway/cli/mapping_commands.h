#ifndef TRACEGATE_GATEWAY_CLI_MAPPING_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_MAPPING_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `mapping check|try`: for whoever connects a registry. `session` outlives the parse.
void AddMappingCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MAPPING_COMMANDS_H_

#ifndef TRACEGATE_GATEWAY_CLI_POLICY_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_POLICY_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `policy explain` and `policy matrix`: files here, no gateway and no profile. `session` outlives the parse.
void AddPolicyCommands(CLI::App* app, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_POLICY_COMMANDS_H_

#ifndef TRACEGATE_GATEWAY_CLI_SUBSCRIPTION_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_SUBSCRIPTION_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// `liaison subscribe`, `renew` and `unsubscribe`: standing questions of a liaison officer.
void AddSubscriptionCommands(CLI::App* liaison, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SUBSCRIPTION_COMMANDS_H_

#ifndef TRACEGATE_GATEWAY_CLI_LOG_KEY_COMMAND_H_
#define TRACEGATE_GATEWAY_CLI_LOG_KEY_COMMAND_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// `log key`: the C2SP verifier key that belongs to a private key, for a log or a cosigner; asks no gateway.
void AddLogKey(CLI::App* log, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_LOG_KEY_COMMAND_H_

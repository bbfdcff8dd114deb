#ifndef TRACEGATE_GATEWAY_CLI_LOG_EXPORT_COMMAND_H_
#define TRACEGATE_GATEWAY_CLI_LOG_EXPORT_COMMAND_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// `log export DIR`: the whole log as files (docs/formats/export.md), asked of the gateway.
void AddLogExport(CLI::App* log, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_LOG_EXPORT_COMMAND_H_

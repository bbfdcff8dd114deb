#ifndef TRACEGATE_GATEWAY_CLI_TRANSFER_IMPORT_H_
#define TRACEGATE_GATEWAY_CLI_TRANSFER_IMPORT_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `transfer import-file`. `session` outlives the parse.
void AddTransferImport(CLI::App* transfer, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRANSFER_IMPORT_H_

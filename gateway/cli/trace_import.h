#ifndef TRACEGATE_GATEWAY_CLI_TRACE_IMPORT_H_
#define TRACEGATE_GATEWAY_CLI_TRACE_IMPORT_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `trace import`. `session` outlives the parse.
void AddTraceImport(CLI::App* trace, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRACE_IMPORT_H_

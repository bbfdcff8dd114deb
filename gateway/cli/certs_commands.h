#ifndef TRACEGATE_GATEWAY_CLI_CERTS_COMMANDS_H_
#define TRACEGATE_GATEWAY_CLI_CERTS_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "gateway/cli/session.h"

namespace tracegate {

// Adds `certs verify`, `certs inspect`, `certs status` and `certs issue`: files here, no gateway and no profile.
// `session` outlives the parse.
void AddCertsCommands(CLI::App* app, Session* session);

// One each, on `certs`.
void AddCertsVerify(CLI::App* certs, Session* session);
void AddCertsInspect(CLI::App* certs, Session* session);
void AddCertsStatus(CLI::App* certs, Session* session);
void AddCertsIssue(CLI::App* certs, Session* session);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_CERTS_COMMANDS_H_

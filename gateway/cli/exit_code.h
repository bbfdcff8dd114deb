#ifndef TRACEGATE_GATEWAY_CLI_EXIT_CODE_H_
#define TRACEGATE_GATEWAY_CLI_EXIT_CODE_H_

#include "absl/status/status.h"

namespace tracegate {

// What the command line's exit status means; docs/reference/cli.md lists the same.
enum ExitCode {
  kExitOk = 0,
  kExitRefused = 1,      // the gateway refused or failed, or would refuse: the reason is printed
  kExitUsage = 2,        // wrong arguments, profile, request file or configuration
  kExitUnreachable = 3,  // no gateway answered
  kExitInProgress = 4,   // the trace is recorded and goes on; ask again later
  kExitGateFails = 5,    // `trace check`: the marks would make the trace fail
  kExitNoProof = 6,      // a receipt, log, checkpoint or proof does not verify: do not rely on it
  kExitEndsSoon = 7,     // `certs status`: something ends soon, or is put up with for now
  kExitEnded = 8,        // `certs status`: something has ended, or cannot be read
};

// Prints a failure for people on standard error (or as JSON on standard output) and gives its exit code.
ExitCode ReportFailure(const absl::Status& status, bool json);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_EXIT_CODE_H_

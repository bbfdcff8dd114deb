#ifndef TRACEGATE_GATEWAY_CLI_SESSION_H_
#define TRACEGATE_GATEWAY_CLI_SESSION_H_

#include <functional>
#include <string>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/profile.h"

namespace tracegate {

// One run of the command line: what all commands share, and how it went.
struct Session {
  std::string profile;  // file
  bool json = false;
  ExitCode exit = kExitOk;

  // Opens the profile and runs `command` on it; failures are reported.
  void Run(const std::function<absl::StatusOr<ExitCode>(Connection&)>& command) {
    auto connection = OpenProfile(profile);
    End(connection.ok() ? command(*connection) : absl::StatusOr<ExitCode>(connection.status()));
  }

  // Runs `command`, which asks no gateway and needs no profile; failures are reported.
  void RunHere(const std::function<absl::StatusOr<ExitCode>()>& command) { End(command()); }

 private:
  void End(const absl::StatusOr<ExitCode>& result) {
    exit = result.ok() ? *result : ReportFailure(result.status(), json);
  }
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SESSION_H_

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
    const auto result = connection.ok() ? command(*connection)
                                        : absl::StatusOr<ExitCode>(connection.status());
    exit = result.ok() ? *result : ReportFailure(result.status(), json);
  }
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SESSION_H_

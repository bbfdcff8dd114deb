#include "gateway/cli/exit_code.h"

#include <iostream>
#include <string>

#include "gateway/cli/json.h"
#include "nlohmann/json.hpp"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

ExitCode CodeFor(const absl::Status& status, v1::Reason reason) {
  if (reason == v1::REASON_CONFIG_INVALID) return kExitUsage;
  const bool from_gateway = reason != v1::REASON_INTERNAL;
  if (status.code() == absl::StatusCode::kUnavailable && !from_gateway) return kExitUnreachable;
  if (status.code() == absl::StatusCode::kDeadlineExceeded) return kExitUnreachable;
  return kExitRefused;
}

}  // namespace

ExitCode ReportFailure(const absl::Status& status, bool json) {
  const v1::FailureDetail detail = DetailOf(status);
  if (json) {
    nlohmann::json failure = {{"code", absl::StatusCodeToString(status.code())},
                              {"message", std::string(status.message())},
                              {"detail", nlohmann::json::parse(JsonOf(detail))}};
    std::cout << failure.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return CodeFor(status, detail.reason());
  }
  std::cerr << "tracegate: " << ReasonName(detail.reason()) << ": " << status.message() << "\n";
  if (detail.violations_size() > 1) {
    for (const auto& violation : detail.violations()) {
      std::cerr << "  " << violation.field() << ": " << violation.description() << "\n";
    }
  }
  if (detail.has_retry_after()) {
    std::cerr << "  try again in " << detail.retry_after().seconds() + 1 << " s\n";
  }
  return CodeFor(status, detail.reason());
}

}  // namespace tracegate

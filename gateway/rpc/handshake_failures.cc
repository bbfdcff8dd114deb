#include "gateway/rpc/handshake_failures.h"

#include <grpc/support/log.h>

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/identity/printable.h"
#include "gateway/rpc/operations_log.h"

namespace tracegate {
namespace {

constexpr std::string_view kPrefix = "Handshake failed with fatal error ";
constexpr size_t kReasonBytesMax = 160;
constexpr size_t kReasonsMax = 16;
constexpr char kOthers[] = "other reasons";

absl::Mutex mutex(absl::kConstInit);

std::map<std::string, int64_t>& Failures() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
  static auto* const failures = new std::map<std::string, int64_t>;
  return *failures;
}

void Count(const std::string& reason) {
  absl::MutexLock lock(&mutex);
  auto& failures = Failures();
  const bool has_room = failures.size() < kReasonsMax || failures.contains(reason);
  ++failures[has_room ? reason : kOthers];
}

void OnLine(gpr_log_func_args* line) {
  if (const std::string reason = HandshakeFailureIn(line->message); !reason.empty()) {
    return Count(reason);
  }
  LogWarning("grpc", {{"message", Printable(line->message, 512)}});
}

}  // namespace

void FollowHandshakes() {
  gpr_log_verbosity_init();  // errors, or what GRPC_VERBOSITY says; before gRPC's own start nothing is told
  gpr_set_log_function(&OnLine);
}

std::map<std::string, int64_t> TakeHandshakeFailures() {
  absl::MutexLock lock(&mutex);
  return std::exchange(Failures(), {});
}

std::string HandshakeFailureIn(std::string_view line) {
  if (!line.starts_with(kPrefix)) return {};
  return Printable(line.substr(kPrefix.size()), kReasonBytesMax);
}

}  // namespace tracegate

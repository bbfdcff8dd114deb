#include "adapters/plugin/plugin_failure.h"

#include <string_view>

#include "absl/time/time.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kBusyHint = absl::Seconds(1);

// gRPC's own words for an answer over the bound; its code alone could be the adapter's, which is busy.
bool IsTooLarge(const absl::Status& status) {
  return std::string_view(status.message().data(), status.message().size())
      .starts_with("Received message larger than max");
}

}  // namespace

absl::Status ReadPluginFailure(const absl::Status& status, const std::string& registry) {
  const std::string of = "registry '" + registry + "'";
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return Failure(v1::REASON_REGISTRY_UNAVAILABLE, of + " is not available, or broke off");
    case absl::StatusCode::kResourceExhausted:
      if (DetailOf(status).reason() == v1::REASON_OVERLOADED && !IsTooLarge(status)) {
        return RetryableFailure(v1::REASON_OVERLOADED, of + " has too many calls in flight",
                                kBusyHint);
      }
      return Failure(v1::REASON_REGISTRY_MISMATCH, of + " gave an answer that is too large");
    case absl::StatusCode::kDeadlineExceeded:
      return Failure(v1::REASON_DEADLINE_EXCEEDED, of + " did not answer in the call's time");
    case absl::StatusCode::kCancelled:
      return Failure(v1::REASON_CANCELLED, of + ": the call was cancelled");
    case absl::StatusCode::kNotFound:
      return Failure(v1::REASON_RECORD_NOT_FOUND, of + " has no record of that number");
    case absl::StatusCode::kInvalidArgument:
      return Failure(v1::REASON_FIELD_INVALID, of + " refuses the request");
    case absl::StatusCode::kUnimplemented:
      return Failure(v1::REASON_METHOD_UNKNOWN, of + " does not do that");
    default:
      return Failure(v1::REASON_REGISTRY_MISMATCH,
                     of + ": its adapter failed with " + absl::StatusCodeToString(status.code()));
  }
}

}  // namespace tracegate

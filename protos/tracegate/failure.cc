#include "protos/tracegate/failure.h"

#include "absl/strings/cord.h"

namespace tracegate {
namespace {

constexpr char kPayloadUrl[] = "type.googleapis.com/tracegate.v1.FailureDetail";
constexpr std::string_view kPrefix = "REASON_";

absl::Status Make(const v1::FailureDetail& detail, std::string_view message) {
  return FailureWithDetail(CodeOf(detail.reason()), message, detail);
}

v1::Reason NearestReason(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument: return v1::REASON_FIELD_INVALID;
    case absl::StatusCode::kDeadlineExceeded: return v1::REASON_DEADLINE_EXCEEDED;
    case absl::StatusCode::kCancelled: return v1::REASON_CANCELLED;
    case absl::StatusCode::kResourceExhausted: return v1::REASON_OVERLOADED;
    case absl::StatusCode::kUnimplemented: return v1::REASON_METHOD_UNKNOWN;
    case absl::StatusCode::kDataLoss: return v1::REASON_LOG_DAMAGED;
    default: return v1::REASON_INTERNAL;
  }
}

}  // namespace

absl::Status Failure(v1::Reason reason, std::string_view message) {
  v1::FailureDetail detail;
  detail.set_reason(reason);
  return Make(detail, message);
}

absl::Status FieldFailure(v1::Reason reason, std::string_view field, std::string_view message) {
  v1::FieldViolation violation;
  violation.set_field(std::string(field));
  violation.set_description(std::string(message));
  violation.set_reason(reason);
  return FieldFailures(reason, std::string(field) + ": " + std::string(message), {violation});
}

absl::Status FieldFailures(v1::Reason reason, std::string_view message,
                           const std::vector<v1::FieldViolation>& violations) {
  v1::FailureDetail detail;
  detail.set_reason(reason);
  detail.mutable_violations()->Assign(violations.begin(), violations.end());
  return Make(detail, message);
}

absl::Status RetryableFailure(v1::Reason reason, std::string_view message,
                              absl::Duration retry_after) {
  v1::FailureDetail detail;
  detail.set_reason(reason);
  detail.mutable_retry_after()->set_seconds(absl::ToInt64Seconds(retry_after));
  detail.mutable_retry_after()->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(retry_after - absl::Seconds(absl::ToInt64Seconds(retry_after)))));
  return Make(detail, message);
}

absl::Status FailureWithDetail(absl::StatusCode code, std::string_view message,
                               const v1::FailureDetail& detail) {
  absl::Status status(code, {message.data(), message.size()});
  status.SetPayload(kPayloadUrl, absl::Cord(detail.SerializeAsString()));
  return status;
}

v1::FailureDetail DetailOf(const absl::Status& status) {
  v1::FailureDetail detail;
  auto payload = status.GetPayload(kPayloadUrl);
  if (payload && detail.ParseFromString(std::string(*payload))) return detail;
  detail.set_reason(NearestReason(status.code()));
  return detail;
}

absl::StatusCode CodeOf(v1::Reason reason) {
  const auto* row = v1::Reason_descriptor()->FindValueByNumber(reason);
  if (row == nullptr) return absl::StatusCode::kInternal;
  return static_cast<absl::StatusCode>(row->options().GetExtension(v1::status_code));
}

std::string ReasonName(v1::Reason reason) {
  const std::string& name = v1::Reason_Name(reason);
  if (name.empty()) return std::to_string(static_cast<int>(reason));
  return name.substr(kPrefix.size());
}

v1::Reason ReasonNamed(std::string_view name) {
  v1::Reason reason = v1::REASON_UNSPECIFIED;
  v1::Reason_Parse(std::string(kPrefix) + std::string(name), &reason);
  return reason;
}

}  // namespace tracegate

#ifndef TRACEGATE_PROTOS_TRACEGATE_FAILURE_H_
#define TRACEGATE_PROTOS_TRACEGATE_FAILURE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "tracegate/v1/reason.pb.h"

namespace tracegate {

// The one way to refuse: an absl::Status whose code comes from the reason's row in
// tracegate/v1/reason.proto and whose payload is the v1::FailureDetail.
absl::Status Failure(v1::Reason reason, std::string_view message);

// Same, about one field. `field` is its path in the message or configuration.
absl::Status FieldFailure(v1::Reason reason, std::string_view field, std::string_view message);

// Same, about several fields at once.
absl::Status FieldFailures(v1::Reason reason, std::string_view message,
                           const std::vector<v1::FieldViolation>& violations);

// Same, with a hint when to try again.
absl::Status RetryableFailure(v1::Reason reason, std::string_view message,
                              absl::Duration retry_after);

// A status with that detail, its code as given: for a failure that came from elsewhere.
absl::Status FailureWithDetail(absl::StatusCode code, std::string_view message,
                               const v1::FailureDetail& detail);

// The detail that a failure carries. A status not made here gets the reason nearest to its code.
v1::FailureDetail DetailOf(const absl::Status& status);

// The status code of a reason's row.
absl::StatusCode CodeOf(v1::Reason reason);

// The wire name of a reason: `NO_AGREEMENT`, without the enum's prefix. Unknown values: their number.
std::string ReasonName(v1::Reason reason);

// The reason of that wire name; REASON_UNSPECIFIED where there is none.
v1::Reason ReasonNamed(std::string_view name);

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_FAILURE_H_

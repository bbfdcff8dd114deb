#ifndef TRACEGATE_GATEWAY_TRACING_TIMESTAMP_H_
#define TRACEGATE_GATEWAY_TRACING_TIMESTAMP_H_

#include <google/protobuf/timestamp.pb.h>

#include "absl/time/time.h"

namespace tracegate {

// The proto form of a time, to the microsecond, and back.
google::protobuf::Timestamp ToTimestamp(absl::Time time);
absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TIMESTAMP_H_

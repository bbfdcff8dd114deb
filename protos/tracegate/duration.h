#ifndef TRACEGATE_PROTOS_TRACEGATE_DURATION_H_
#define TRACEGATE_PROTOS_TRACEGATE_DURATION_H_

#include <google/protobuf/duration.pb.h>

#include "absl/time/time.h"

namespace tracegate {

// A duration of a message; one that is not set is zero.
inline absl::Duration ToDuration(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_DURATION_H_

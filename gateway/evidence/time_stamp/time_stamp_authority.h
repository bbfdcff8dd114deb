#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_AUTHORITY_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_AUTHORITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tracegate {

// Somebody trusted with the time, who is asked for time-stamps (RFC 3161).
//
// Thread safety: Ask from one thread at a time; Cancel from any.
class TimeStampAuthority {
 public:
  virtual ~TimeStampAuthority() = default;

  // Sends a TimeStampReq and waits for the answer, at most `timeout`. What comes back is not looked
  // at: it may be anything, up to kTimeStampBytesMax.
  //
  // Errors: UNAVAILABLE (PEER_UNAVAILABLE) naming the authority and the cause; CANCELLED once Cancel
  // was called.
  virtual absl::StatusOr<std::string> Ask(const std::string& request, absl::Duration timeout) = 0;

  // Ends an Ask that is under way, within milliseconds, and every later one at once. For good.
  virtual void Cancel() = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_AUTHORITY_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/time/time.h"

namespace tracegate {

// What a verified time-stamp token (RFC 3161, 2.4.2) says. A plain value.
struct TimeStamp {
  absl::Time gen_time;                     // when the authority stamped, by its clock
  std::optional<absl::Duration> accuracy;  // how far off `gen_time` may be either way, as it claims
  std::string serial;                      // the token's, lowercase hex
  // Subject of the certificate that signed, as RFC 2253 has it; printable ASCII. Of the signer and not of
  // the token's `tsa` field, which is optional and has to agree with it.
  std::string authority;
  std::string policy;  // dotted object identifier
};

// Tokens with their certificates are of 2 to 8 KiB.
inline constexpr size_t kTimeStampBytesMax = size_t{64} << 10;

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_H_

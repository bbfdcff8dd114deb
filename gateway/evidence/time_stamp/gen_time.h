#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_GEN_TIME_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_GEN_TIME_H_

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace tracegate {

// The instant of a token's GeneralizedTime (RFC 3161, 2.4.2), fraction included, which OpenSSL drops:
// `20260131120000Z`, `20260131120000.25Z`. Nothing where it is not that: no seconds, another zone, a
// day or second that does not exist, more than 9 digits of fraction. A fraction may end in zeros,
// which DER forbids and some authorities write: the instant is the same.
std::optional<absl::Time> ParseGenTime(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_GEN_TIME_H_

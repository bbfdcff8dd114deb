#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_REQUEST_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_REQUEST_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate {

// A question to a time-stamp authority.
struct TimeStampRequest {
  std::string der;     // TimeStampReq
  uint64_t nonce = 0;  // 1 to 2^63 - 1; the answer must repeat it
};

// A TimeStampReq (RFC 3161, 2.4.1) over the SHA-256 of exactly these bytes, which asks for the
// authority's certificate in the token, so that the token can be checked alone years later.
//
// `policy`: dotted object identifier of the authority's policy to stamp under; empty leaves it to the
// authority. `random`: 64 random bits a call; a nonce that can be guessed lets an old answer be
// replayed.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) naming `time_stamp.policy`.
absl::StatusOr<TimeStampRequest> BuildTimeStampRequest(std::string_view note,
                                                       const std::string& policy,
                                                       const std::function<uint64_t()>& random);

// Whether the text is an object identifier in dotted decimal, `2.999.1`.
bool IsPolicyIdentifier(const std::string& text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_REQUEST_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_RESPONSE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_RESPONSE_H_

#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate {

// The token inside a TimeStampResp (RFC 3161, 2.4.2), as a part of `response`: the bytes as the
// authority sent them, never written anew. Says nothing about the token.
//
// Granted is the status `granted`, and `grantedWithMods` too: what may have been modified (the
// policy, say) stands in the token, which is checked, while the status is signed by nobody.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `time_stamp.response`, where the bytes are no such
// message of definite lengths to its end or over kTimeStampBytesMax; `time_stamp.status`, where the
// authority refused, with its reasons and its words.
absl::StatusOr<std::string_view> GrantedToken(std::string_view response);

// The token where the bytes are a whole response, and the bytes themselves where they are not: people
// keep either in their files. A token begins with an object identifier, a response with a status.
absl::StatusOr<std::string_view> TokenIn(std::string_view response_or_token);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_RESPONSE_H_

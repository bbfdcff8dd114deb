#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_TOKEN_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_TOKEN_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/evidence/hash.h"
#include "gateway/evidence/time_stamp/time_stamp.h"
#include "gateway/evidence/time_stamp/ts_handles.h"

namespace tracegate::ts {

// A token taken apart: CMS SignedData around a TSTInfo. Nothing about it is proved yet: see
// token_signer.h. Internal to this room.
struct Token {
  SignedDataPtr signed_data;  // with one signer info, and a TSTInfo of version 1 inside
  TokenInfoPtr info;
  absl::Time gen_time;
};

// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `time_stamp.token` or `time_stamp.gen_time`: bytes
// that are no token to their end or over kTimeStampBytesMax; not exactly one signer; a version other
// than 1; a critical extension, of which this room knows none (RFC 3161, 2.4.2).
absl::StatusOr<Token> ReadToken(std::string_view der);

// The SHA-256 that is stamped; nothing where the imprint is of another algorithm or length.
std::optional<Hash> ImprintOf(const Token& token);

// Nothing where the token has none, or one that no request of ours has.
std::optional<uint64_t> NonceOf(const Token& token);

// What the token says of itself: all of a TimeStamp but `authority`.
TimeStamp ContentsOf(const Token& token);

}  // namespace tracegate::ts

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TIME_STAMP_TOKEN_H_

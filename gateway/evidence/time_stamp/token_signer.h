#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TOKEN_SIGNER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TOKEN_SIGNER_H_

#include <string>

#include "absl/status/statusor.h"
#include "gateway/evidence/time_stamp/ca_bundle.h"
#include "gateway/evidence/time_stamp/time_stamp_token.h"

namespace tracegate::ts {

// Proves who signed a token: the subject of the signer's certificate, once all of this holds.
//
// - The extended key usage of that certificate is critical and timeStamping alone (RFC 3161, 2.3).
// - The signed attributes name the content's type, its digest, and the certificate (ESS
//   signingCertificate, RFC 2634, or signingCertificateV2, RFC 5816), and the signature holds.
// - There is a path to a root of the bundle that is valid at the token's time, with 112 bits of
//   strength throughout, and the token is signed over SHA-256, SHA-384 or SHA-512.
// - The token's `tsa` name, where it has one, is one of the certificate's.
//
// Revocation is not asked about. Internal to this room.
//
// Thread safety: safe. Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `time_stamp.signer` or
// `time_stamp.signature`.
absl::StatusOr<std::string> ProveSigner(const Token& token, const CaBundle& bundle);

}  // namespace tracegate::ts

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_TOKEN_SIGNER_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_COSIGNATURE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_COSIGNATURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gateway/evidence/audit/ed25519_key.h"

namespace tracegate::audit {

// A witness's signature on another's checkpoint, with the time it was made: https://c2sp.org/tlog-cosignature, its
// Ed25519 form. In the note's signature line it is 8 bytes of seconds since 1970, big-endian, then 64 bytes of
// signature. What is signed is
//
//   cosignature/v1
//   time 1679315147
//   example.com/behind-the-sofa
//   20852163
//   CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
struct Cosignature {
  int64_t time_s = 0;     // not negative
  std::string signature;  // 64 bytes
};

// What a verifier key of a cosigner begins with, before its 32 bytes of key.
inline constexpr char kCosignerKeyType = 0x04;

// The message to sign. `checkpoint_text`: the note's text with its last newline; `time_s`: not negative.
std::string CosignatureMessage(int64_t time_s, std::string_view checkpoint_text);

// To and from the bytes behind the key ID in a signature line. Nothing unless there are 72 bytes and the time is below
// 2^63.
std::string CosignatureBytes(const Cosignature& cosignature);
std::optional<Cosignature> ParseCosignature(std::string_view bytes);

// When the cosigner says it signed, once its signature holds. `bytes`: as in the signature line.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `cosignature`. A time to come is none: there is no clock here.
absl::StatusOr<int64_t> VerifyCosignature(const Ed25519Key& key, std::string_view checkpoint_text,
                                          std::string_view bytes);

// ID of a cosigner's key: the first 4 bytes of SHA-256(name || 0x0A || 0x04 || public key).
std::string CosignerKeyId(std::string_view name, std::string_view public_key);

// How a cosigner's key is told to those who verify: `<name>+<key ID in hex>+<base64(0x04 || public key)>`.
std::string CosignerVerifierKey(std::string_view name, std::string_view public_key);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_COSIGNATURE_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_DIGEST_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_DIGEST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

// The room gateway/evidence/audit checks what the rest of gateway/evidence writes. So it hashes, climbs and compares
// with code of its own: a mistake that both shared would not show.
namespace tracegate::audit {

inline constexpr size_t kDigestBytes = 32;
using Digest = std::array<uint8_t, kDigestBytes>;

std::string_view BytesOf(const Digest& digest);
// Nothing unless there are exactly 32 bytes.
std::optional<Digest> DigestFrom(std::string_view bytes);
// As checkpoints write it: base64.
std::string TextOf(const Digest& digest);

// SHA-256 of the parts, one behind the other. From any thread. An OpenSSL that cannot hash ends the process.
Digest Sha256(std::initializer_list<std::string_view> parts);

// RFC 6962 section 2.1: SHA-256(0x00 || leaf) and SHA-256(0x01 || left || right).
Digest LeafDigest(std::string_view leaf);
Digest NodeDigest(const Digest& left, const Digest& right);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_DIGEST_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_BASE64_H_
#define TRACEGATE_GATEWAY_EVIDENCE_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace tracegate {

// Standard base64 with padding (RFC 4648 section 4).
std::string EncodeBase64(std::string_view bytes);

// Accepts only what EncodeBase64 writes: no spaces, no missing padding, no stray bits. Otherwise one
// signed note could be written in several ways.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_BASE64_H_

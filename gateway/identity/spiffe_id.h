#ifndef TRACEGATE_GATEWAY_IDENTITY_SPIFFE_ID_H_
#define TRACEGATE_GATEWAY_IDENTITY_SPIFFE_ID_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gateway/identity/caller.h"

namespace tracegate {

// Bounds of the SPIFFE-ID specification, sections 2.1 and 2.3.
inline constexpr size_t kTrustDomainBytesMax = 255;
inline constexpr size_t kSpiffeIdBytesMax = 2048;

// The name in a certificate: `spiffe://<trust domain>/<agency>/<role>`. It claims; only a path to
// a root of the trust domain's State proves.
struct SpiffeId {
  std::string trust_domain;
  std::string agency;
  Role role = Role::kRegistry;
};

// Reads a SPIFFE ID byte for byte, with no normalising: two spellings of one name would be two
// keys to one door. Exactly two path segments, of which the second is a role's name; lowercase
// scheme and trust domain; no port, user, query, fragment, percent-encoding or dot segment.
// Errors: CERTIFICATE_UNSUITABLE saying which part is wrong and what would be right.
absl::StatusOr<SpiffeId> ParseSpiffeId(std::string_view uri);

// True for 1 to 255 bytes of a-z, 0-9, '.', '-' and '_' (SPIFFE-ID section 2.1).
bool IsTrustDomain(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_SPIFFE_ID_H_

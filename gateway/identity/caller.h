#ifndef TRACEGATE_GATEWAY_IDENTITY_CALLER_H_
#define TRACEGATE_GATEWAY_IDENTITY_CALLER_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "gateway/identity/revocation.h"

namespace tracegate {

// What a certificate's holder may act as. Policy rows name these; nothing else grants anything.
enum class Role {
  kRegistry,    // asks for traces and answers them
  kLiaison,     // hit/no-hit checks and results shared under handling codes
  kCompliance,  // reads the log; protected content only where it was granted
  kDesk,        // answers by hand the traces that no system answers
  kPeer,        // another gateway, speaking for its own country's agencies
  kAdmin,       // operates the gateway
};

// The role as it is written in a SPIFFE ID: `registry`, `liaison`, `compliance`, `desk`, `peer`,
// `admin`.
std::string_view RoleName(Role role);

// The role of that exact name; nothing where there is none. Letter case counts.
std::optional<Role> ParseRole(std::string_view name);

// Who is calling, as proved by a certificate that chains to a root of the State it names.
// A plain value: made only by CallerVerifier, and by tests.
struct Caller {
  std::string state;   // ISO 3166-1 alpha-2, e.g. "BR"; from the trust bundle, never from the peer
  std::string agency;  // first path segment of the SPIFFE ID, e.g. "policia-federal"
  Role role = Role::kRegistry;
  std::string spiffe_id;  // whole, e.g. "spiffe://br.example/policia-federal/registry"
  std::string certificate_fingerprint;  // SHA-256 of the leaf's DER, 64 lowercase hex digits
  // First instant at which this proof no longer holds: the earliest end of validity in the path
  // from the leaf to the root. A longer-lived call must not outlast it.
  absl::Time not_after;
  RevocationStanding revocation = RevocationStanding::kNotChecked;
  // First instant at which revocation must be looked into anew, by verifying again: a newer CRL may have come. A
  // longer-lived call is verified again then, and whenever the CRLs change.
  absl::Time revocation_until = absl::InfiniteFuture();
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_CALLER_H_

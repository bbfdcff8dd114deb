#ifndef TRACEGATE_GATEWAY_IDENTITY_CALLER_VERIFIER_H_
#define TRACEGATE_GATEWAY_IDENTITY_CALLER_VERIFIER_H_

#include <cstddef>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/caller.h"
#include "gateway/identity/caller_cache.h"
#include "gateway/identity/trust_bundle.h"

namespace tracegate {

struct CallerVerifierOptions {
  // How long a proved caller is believed without building its path again. 0 always builds it.
  absl::Duration cache_ttl = absl::Minutes(10);
  size_t cache_entries_max = 4096;
  // Certificates between leaf and root.
  int intermediates_max = 4;
};

// Turns a client certificate into a Caller: the State whose CA issued it, its agency and role.
// TLS has shown that the peer holds the key, and that *some* configured root vouches for it; this
// shows that the root is one of the very State whose trust domain the certificate names, and that its CAs
// have not revoked what they issued.
//
// Thread safety: safe. Lifetime: bound to one set of bundles and CRLs; to change one of them load
// TrustBundles anew, make another verifier and swap, which also forgets everything cached.
// Errors: CERTIFICATE_MISSING, CERTIFICATE_UNTRUSTED, CERTIFICATE_EXPIRED (also not yet valid),
// CERTIFICATE_UNSUITABLE, CERTIFICATE_REVOKED or REVOCATION_UNKNOWN, with a message for the officer
// that is bounded, printable ASCII.
class CallerVerifier {
 public:
  CallerVerifier(std::shared_ptr<const TrustBundles> bundles, const CallerVerifierOptions& options);

  // The holder of `leaf_pem` at `now`. `chain_pem` is what the peer sent behind the leaf: on a
  // resumed TLS 1.3 session that is nothing, and then the bundle must hold the intermediates or
  // the cache the answer. A success is cached until the path's first end of validity, the
  // end of the first CRL's time (or of its grace), or the configured time, whichever is soonest; a
  // failure is not cached.
  absl::StatusOr<Caller> Verify(std::string_view leaf_pem, std::string_view chain_pem,
                                absl::Time now) const;

  // Callers now cached; for a gauge and for tests.
  size_t cached() const { return cache_.size(); }

 private:
  const std::shared_ptr<const TrustBundles> bundles_;
  const CallerVerifierOptions options_;
  mutable CallerCache cache_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_CALLER_VERIFIER_H_

#ifndef TRACEGATE_GATEWAY_IDENTITY_REVOCATION_LISTS_H_
#define TRACEGATE_GATEWAY_IDENTITY_REVOCATION_LISTS_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/revocation.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate {

// One State's CRLs as OpenSSL uses them. Internal to this room.
//
// Thread safety: read by many verifications at once; OpenSSL locks where it sorts a CRL's entries.
struct RevocationLists {
  std::vector<x509::CrlPtr> crls;
  x509::BorrowedCrlsPtr stack;  // the same
  absl::Duration grace;
  absl::Time loaded_at;
};

// Reads and checks a State's CRLs: at most 4 MiB (some 100,000 entries) and 64 lists, each as x509::CheckCrl wants it,
// and where `authorities` holds CAs of the issuer's name, signed by one of them. A CRL of a CA that is not among them
// is kept: the peer may send that CA's certificate. Time is not looked at, so that a stale CRL of one State cannot keep
// the gateway from starting for the others.
// Errors: INVALID_ARGUMENT with a message that continues "the file ...".
absl::StatusOr<std::shared_ptr<const RevocationLists>> ReadRevocationLists(
    const RevocationSource& source, const std::vector<X509*>& authorities);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_REVOCATION_LISTS_H_

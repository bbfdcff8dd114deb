#ifndef TRACEGATE_GATEWAY_IDENTITY_CRL_TEXT_H_
#define TRACEGATE_GATEWAY_IDENTITY_CRL_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate::x509 {

// Reading certificate revocation lists (RFC 5280, section 5). Internal to this room.

// Every CRL of a file: PEM blocks, or one CRL in DER and nothing behind it. Parsed only; see CheckCrl.
// Errors: INVALID_ARGUMENT with a message that continues "the file ...": no CRL, a broken one, a block that is none,
// more than `crls_max`.
absl::StatusOr<std::vector<CrlPtr>> ReadCrls(std::string_view text, size_t crls_max);

// Whether a CRL is of the one kind that is used here: complete, for its own issuer's certificates, numbered, with
// an end to its time, signed with a digest of at least 112 bits' strength, and free of critical extensions that
// nobody here understands. So neither a delta CRL nor an entry removeFromCRL, which only means something in one; no indirect CRL,
// and none for some reasons only. Whose signature it has is not asked.
// Errors: INVALID_ARGUMENT with a message that names the CRL.
absl::Status CheckCrl(X509_CRL* crl);

// `CRL of 'BR issuing CA'`.
std::string DescribeCrl(const X509_CRL* crl);

// Bounds of its time. An unreadable or absent one gives the side that refuses.
absl::Time ThisUpdate(const X509_CRL* crl);
absl::Time NextUpdate(const X509_CRL* crl);

}  // namespace tracegate::x509

#endif  // TRACEGATE_GATEWAY_IDENTITY_CRL_TEXT_H_

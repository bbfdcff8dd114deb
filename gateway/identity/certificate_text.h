#ifndef TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_TEXT_H_
#define TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate::x509 {

// Reading certificates, and saying in words which one is meant. Internal to this room.

// Every certificate of a PEM text, in order. Text between blocks is allowed (people write
// comments); a block that is not CERTIFICATE, is broken, holds bytes after the certificate, or
// is one more than `certificates_max` is an error. An empty text gives an empty list.
// Errors: INVALID_ARGUMENT with a message that continues "the file ...": callers add the reason.
absl::StatusOr<std::vector<CertificatePtr>> ReadCertificates(std::string_view pem,
                                                             size_t certificates_max);

// The certificate for a person: its subject's common name and its first URI, printable and bounded,
// e.g. `certificate 'Officer' (spiffe://br.example/pf/registry)`.
std::string Describe(const X509* certificate);

// A subject's or issuer's common name, printable and bounded; empty where it has none.
std::string CommonName(const X509_NAME* name);

// The same in quotes: `'BR issuing CA'`.
std::string DescribeName(const X509_NAME* name);

// Its URI alternative names as raw bytes, in order. Malformed or repeated extension: INVALID_ARGUMENT.
absl::StatusOr<std::vector<std::string>> UriNames(const X509* certificate);

// Bounds of validity. An unreadable one gives the side that refuses: never yet valid, long over.
absl::Time NotBefore(const X509* certificate);
absl::Time NotAfter(const X509* certificate);

// The instant that OpenSSL wrote down; `unreadable` where it is absent or malformed.
absl::Time TimeOf(const ASN1_TIME* time, absl::Time unreadable);

// `2026-01-31T12:00:00Z`.
std::string Instant(absl::Time time);

// SHA-256 of the DER, 64 lowercase hex digits.
std::string Fingerprint(const X509* certificate);

// The oldest error in OpenSSL's queue of this thread, in its words; clears the queue.
std::string TakeLibraryError();

}  // namespace tracegate::x509

#endif  // TRACEGATE_GATEWAY_IDENTITY_CERTIFICATE_TEXT_H_

#ifndef TRACEGATE_GATEWAY_IDENTITY_PRIVATE_KEY_H_
#define TRACEGATE_GATEWAY_IDENTITY_PRIVATE_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "gateway/identity/x509_handles.h"

namespace tracegate::x509 {

// One unencrypted private key in PEM, of at most 64 KiB. Internal to this room.
// Errors: INVALID_ARGUMENT with a message that continues "the file ...".
absl::StatusOr<KeyPtr> ReadPrivateKey(const std::string& pem);

// The same, written: PKCS #8, not encrypted.
std::string PrivateKeyPem(const EVP_PKEY* key);

// A certificate, written.
std::string CertificatePem(X509* certificate);

}  // namespace tracegate::x509

#endif  // TRACEGATE_GATEWAY_IDENTITY_PRIVATE_KEY_H_

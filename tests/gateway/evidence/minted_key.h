#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_MINTED_KEY_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_MINTED_KEY_H_

#include <string>

namespace tracegate {

// PEM of the Ed25519 key with that seed of 32 bytes: plain PKCS#8, and the same under a password.
std::string Ed25519Pem(const std::string& seed);
std::string EncryptedEd25519Pem(const std::string& seed);

// PEM of a new key that is no Ed25519 key.
std::string P256Pem();

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_MINTED_KEY_H_

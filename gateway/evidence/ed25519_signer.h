#ifndef TRACEGATE_GATEWAY_EVIDENCE_ED25519_SIGNER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_ED25519_SIGNER_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

struct evp_pkey_st;

namespace tracegate {

// A private Ed25519 key (RFC 8032). A plain value; copies share the key.
//
// Thread safety: Sign from any thread.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) naming `config_key`, with the openssl command that makes a suitable key.
class Ed25519Signer {
 public:
  // `pem`: unencrypted PKCS#8.
  static absl::StatusOr<Ed25519Signer> FromPem(std::string_view pem, std::string_view config_key);

  // 64 bytes.
  std::string Sign(std::string_view message) const;

  const std::string& public_key() const { return public_key_; }  // 32 bytes

 private:
  Ed25519Signer(std::shared_ptr<evp_pkey_st> key, std::string public_key)
      : key_(std::move(key)), public_key_(std::move(public_key)) {}

  std::shared_ptr<evp_pkey_st> key_;
  std::string public_key_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_ED25519_SIGNER_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_WITNESS_COSIGNER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_WITNESS_COSIGNER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gateway/evidence/ed25519_signer.h"

namespace tracegate {

// Cosigns other logs' checkpoints with a key of its own (https://c2sp.org/tlog-cosignature): that this witness saw the
// checkpoint, and nothing before that it contradicts. A plain value.
//
// Thread safety: all methods from any thread.
class Cosigner {
 public:
  // `name`: see IsKeyName; a schema-less URL. `pem`: Ed25519, unencrypted PKCS#8. FAILED_PRECONDITION (CONFIG_INVALID)
  // naming `evidence.cosigning_key`.
  static absl::StatusOr<Cosigner> FromPem(std::string_view name, std::string_view pem);

  // The signature line, without its newline. `checkpoint_text`: with its last newline; `time_s`: since 1970.
  std::string Cosign(std::string_view checkpoint_text, int64_t time_s) const;

  // How the key is told to those who verify: C2SP, `<name>+<key ID in hex>+<base64>`.
  std::string verifier_key() const;

 private:
  Cosigner(std::string_view name, Ed25519Signer key) : name_(name), key_(std::move(key)) {}

  std::string name_;
  Ed25519Signer key_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_WITNESS_COSIGNER_H_

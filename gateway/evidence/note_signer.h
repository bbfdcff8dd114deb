#ifndef TRACEGATE_GATEWAY_EVIDENCE_NOTE_SIGNER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_NOTE_SIGNER_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "gateway/evidence/ed25519_signer.h"

namespace tracegate {

// Signs notes with an Ed25519 key (https://c2sp.org/signed-note).
//
// Thread safety: Sign from any thread.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) from FromPem, naming `evidence.origin` or `config_key`.
class NoteSigner {
 public:
  // `pem`: unencrypted PKCS#8. `name`: see IsKeyName.
  static absl::StatusOr<std::unique_ptr<NoteSigner>> FromPem(
      std::string_view name, std::string_view pem,
      std::string_view config_key = "evidence.signing_key");

  // The signed note with that text, which ends in a newline.
  std::string Sign(std::string_view text) const;

  // The line of that signature alone, for a note that others sign too.
  std::string SignatureLine(std::string_view text) const;

  const std::string& name() const { return name_; }
  const std::string& verifier_key() const { return verifier_key_; }

 private:
  NoteSigner(std::string_view name, Ed25519Signer key);

  const std::string name_;
  const Ed25519Signer key_;
  std::string key_id_;
  std::string verifier_key_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_NOTE_SIGNER_H_

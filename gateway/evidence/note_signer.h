#ifndef TRACEGATE_GATEWAY_EVIDENCE_NOTE_SIGNER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_NOTE_SIGNER_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

struct evp_pkey_st;

namespace tracegate {

// Signs notes with an Ed25519 key (https://c2sp.org/signed-note).
//
// Thread safety: Sign from one thread at a time.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) from FromPem, with the openssl command that makes a
// suitable key.
class NoteSigner {
 public:
  // `pem`: unencrypted PKCS#8. `name`: see IsKeyName.
  static absl::StatusOr<std::unique_ptr<NoteSigner>> FromPem(std::string_view name,
                                                             std::string_view pem);
  ~NoteSigner();

  // The signed note with that text, which ends in a newline.
  std::string Sign(std::string_view text) const;

  const std::string& name() const { return name_; }
  const std::string& verifier_key() const { return verifier_key_; }

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  using Key = std::unique_ptr<evp_pkey_st, Free>;

  NoteSigner(std::string_view name, Key key, std::string_view public_key);

  const std::string name_;
  const Key key_;
  std::string key_id_;
  std::string verifier_key_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_NOTE_SIGNER_H_

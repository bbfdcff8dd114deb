#include "gateway/evidence/note_signer.h"

#include <utility>

#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<std::unique_ptr<NoteSigner>> NoteSigner::FromPem(std::string_view name,
                                                                std::string_view pem,
                                                                std::string_view config_key) {
  if (!IsKeyName(name)) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "evidence.origin",
                        "must not be empty or have spaces, control characters or '+'");
  }
  auto key = Ed25519Signer::FromPem(pem, config_key);
  if (!key.ok()) return key.status();
  return std::unique_ptr<NoteSigner>(new NoteSigner(name, *std::move(key)));
}

NoteSigner::NoteSigner(std::string_view name, Ed25519Signer key)
    : name_(name), key_(std::move(key)) {
  Hasher hasher;
  key_id_ = Ed25519KeyId(name, key_.public_key(), hasher);
  verifier_key_ = Ed25519VerifierKey(name, key_.public_key(), hasher);
}

std::string NoteSigner::Sign(std::string_view text) const {
  return std::string(text) + "\n" + SignatureLine(text);
}

std::string NoteSigner::SignatureLine(std::string_view text) const {
  return FormatSignature({name_, key_id_, key_.Sign(text)});
}

}  // namespace tracegate

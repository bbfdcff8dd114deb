#include "gateway/evidence/witness/cosigner.h"

#include <utility>

#include "gateway/evidence/audit/cosignature.h"
#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

absl::StatusOr<Cosigner> Cosigner::FromPem(std::string_view name, std::string_view pem) {
  if (!IsKeyName(name)) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "evidence.origin",
                        "must not be empty or have spaces, control characters or '+'");
  }
  auto key = Ed25519Signer::FromPem(pem, "evidence.cosigning_key");
  if (!key.ok()) return key.status();
  return Cosigner(name, *std::move(key));
}

std::string Cosigner::Cosign(std::string_view checkpoint_text, int64_t time_s) const {
  const std::string signature = key_.Sign(audit::CosignatureMessage(time_s, checkpoint_text));
  std::string line = FormatSignature({name_, audit::CosignerKeyId(name_, key_.public_key()),
                                      audit::CosignatureBytes({time_s, signature})});
  line.pop_back();
  return line;
}

std::string Cosigner::verifier_key() const {
  return audit::CosignerVerifierKey(name_, key_.public_key());
}

}  // namespace tracegate

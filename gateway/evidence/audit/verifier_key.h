#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_VERIFIER_KEY_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_VERIFIER_KEY_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/audit/ed25519_key.h"

namespace tracegate::audit {

// A public key that whoever checks was given from elsewhere, as C2SP writes it: `<name>+<key ID in hex>+<base64>`
// (https://c2sp.org/signed-note, verifier keys). The base64 is a type byte and the key: 0x01 signs notes, and is a
// log's key here; 0x04 cosigns them. A plain value.
struct VerifierKey {
  // Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `verifier_key`.
  static absl::StatusOr<VerifierKey> Parse(std::string_view text);

  std::string name;
  std::string id;  // 4 bytes
  bool cosigner = false;
  Ed25519Key key;
};

// Errors: those of Parse, for the first that is none.
absl::StatusOr<std::vector<VerifierKey>> ParseVerifierKeys(const std::vector<std::string>& texts);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_VERIFIER_KEY_H_

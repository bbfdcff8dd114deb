#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_SIGNED_CHECKPOINT_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_SIGNED_CHECKPOINT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/audit/verifier_key.h"

namespace tracegate::audit {

// What a checkpoint says (https://c2sp.org/tlog-checkpoint), and who signed it.
struct SignedCheckpoint {
  struct Signer {
    std::string name;
    std::optional<int64_t> time_s;  // of a cosignature
  };

  std::string origin;
  int64_t tree_size = 0;
  Digest root{};
  std::vector<Signer> signers;       // given keys whose signature holds, in the order of the lines
  std::vector<std::string> silent;   // names of given keys that did not sign
  std::vector<std::string> unknown;  // "name (key ID in hex)" of signatures by other keys

  // Whether a log's own key signed, and not cosigners alone.
  bool by_log = false;
};

// Reads a checkpoint's text: origin, size, root, and extension lines that are passed over.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `checkpoint`.
absl::StatusOr<SignedCheckpoint> ReadCheckpointText(std::string_view text);

// Whether a note can be read and none of its signatures claims to be by one of the keys. Verifies nothing.
bool IsByOthers(std::string_view note, std::span<const VerifierKey> keys);

// Reads a checkpoint and holds its signatures against the keys. Signatures by other keys are passed over; each by a
// given key must hold, as C2SP signed-note advises, and at least one must be there. A log's key must have the origin
// for its name: a log's key speaks for that log alone.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `note`, `checkpoint` or `cosignature`.
absl::StatusOr<SignedCheckpoint> OpenCheckpoint(std::string_view note,
                                                std::span<const VerifierKey> keys);

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_SIGNED_CHECKPOINT_H_

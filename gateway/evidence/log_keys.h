#ifndef TRACEGATE_GATEWAY_EVIDENCE_LOG_KEYS_H_
#define TRACEGATE_GATEWAY_EVIDENCE_LOG_KEYS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/note_signer.h"
#include "gateway/evidence/note_verifier.h"

namespace tracegate {

// The keys of one log: the one that signs its checkpoints, the one that follows it while both sign, and those that
// signed before.
//
// Thread safety: Sign from one thread at a time; all else from any.
class LogKeys {
 public:
  struct Options {
    std::string origin;
    std::string signing_key_pem;       // Ed25519 private key, PKCS#8 PEM
    std::string next_signing_key_pem;  // the same; empty: no key follows yet
    std::vector<std::string> former;   // C2SP verifier keys
  };

  // FAILED_PRECONDITION (CONFIG_INVALID) naming the key of the configuration.
  static absl::StatusOr<std::unique_ptr<LogKeys>> Create(const Options& options);

  const std::string& origin() const { return signers_.front()->name(); }

  // The signed note with that text, which ends in a newline.
  std::string Sign(std::string_view text) const;

  // C2SP verifier keys of those that sign now.
  std::vector<std::string> verifier_keys() const;

  // The text of a checkpoint that one of the keys, present or former, signed. INVALID_ARGUMENT as NoteVerifier::Open.
  absl::StatusOr<std::string> Open(std::string_view note) const;

  // Whether every key that signs now, and no former one, signed that checkpoint.
  bool IsSignedAsNow(std::string_view note) const;

 private:
  LogKeys() = default;

  std::vector<std::unique_ptr<NoteSigner>> signers_;  // at least one
  std::vector<NoteVerifier> present_;                 // of the signers
  std::vector<NoteVerifier> former_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_LOG_KEYS_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_NOTE_VERIFIER_H_
#define TRACEGATE_GATEWAY_EVIDENCE_NOTE_VERIFIER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace tracegate {

// Holds notes against one Ed25519 key (https://c2sp.org/signed-note).
//
// A plain value. Thread safety: Open from any thread.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID), naming `verifier_key` or `note`.
class NoteVerifier {
 public:
  // `verifier_key`: see Ed25519VerifierKey.
  static absl::StatusOr<NoteVerifier> Parse(std::string_view verifier_key);

  // The note's text, once a signature of this key on it holds. Other keys' signatures are passed over.
  absl::StatusOr<std::string> Open(std::string_view note) const;

  const std::string& name() const { return name_; }

 private:
  NoteVerifier() = default;
  bool Holds(std::string_view text, std::string_view signature) const;

  std::string name_;
  std::string key_id_;
  std::string public_key_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_NOTE_VERIFIER_H_

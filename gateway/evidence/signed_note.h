#ifndef TRACEGATE_GATEWAY_EVIDENCE_SIGNED_NOTE_H_
#define TRACEGATE_GATEWAY_EVIDENCE_SIGNED_NOTE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/evidence/hash.h"

namespace tracegate {

// A text and who signed it: https://c2sp.org/signed-note.
//
//   registry.example/log
//   2
//   +sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=
//
//   — registry.example/log x08go/ZJkuBS9UG/SffcvIAQxVBtiFup...
//
// A signature line is an em dash, the key's name, and the base64 of the key's ID and the signature.
struct SignedNote {
  struct Signature {
    std::string key_name;
    std::string key_id;  // 4 bytes
    std::string signature;
  };

  std::string text;  // what is signed: up to and with its last newline, without the blank line
  std::vector<Signature> signatures;
};

inline constexpr size_t kNoteBytesMax = 1 << 20;
inline constexpr size_t kNoteSignaturesMax = 100;

// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming `note` and what is wrong with it. Says nothing about
// whether the signatures hold.
absl::StatusOr<SignedNote> ParseNote(std::string_view note);

// The note whose text is `text` (ends in a newline), with that one signature line.
std::string FormatNote(std::string_view text, const SignedNote::Signature& signature);

// One signature line, with its newline: to be put behind others.
std::string FormatSignature(const SignedNote::Signature& signature);

// Not empty, and without spaces of any script (Unicode White_Space), control characters and plus signs.
bool IsKeyName(std::string_view name);

// ID of an Ed25519 key: the first 4 bytes of SHA-256(name || 0x0A || 0x01 || public key).
std::string Ed25519KeyId(std::string_view key_name, std::string_view public_key, Hasher& hasher);

// How an Ed25519 key is told to those who verify: `<name>+<key ID in hex>+<base64(0x01 || public key)>`.
std::string Ed25519VerifierKey(std::string_view key_name, std::string_view public_key,
                               Hasher& hasher);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_SIGNED_NOTE_H_

#include "gateway/evidence/signed_note.h"

#include <algorithm>
#include <optional>

#include "absl/strings/escaping.h"
#include "gateway/evidence/base64.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014 and a space
// Unicode White_Space beyond ASCII, in UTF-8.
constexpr std::string_view kWideSpaces[] = {"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001",
                                            "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                            "\u2007", "\u2008", "\u2009", "\u200A", "\u2028",
                                            "\u2029", "\u202F", "\u205F", "\u3000"};
constexpr std::string_view kEd25519("\x01", 1);
constexpr size_t kKeyIdBytes = 4;

absl::Status Malformed(std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, "note", what);
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// `line` without its newline.
std::optional<SignedNote::Signature> ParseSignature(std::string_view line) {
  if (line.substr(0, kDash.size()) != kDash) return std::nullopt;
  line.remove_prefix(kDash.size());
  const size_t space = line.find(' ');
  if (space == std::string_view::npos || !IsKeyName(line.substr(0, space))) return std::nullopt;
  const std::optional<std::string> bytes = DecodeBase64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kKeyIdBytes) return std::nullopt;
  return SignedNote::Signature{std::string(line.substr(0, space)), bytes->substr(0, kKeyIdBytes),
                               bytes->substr(kKeyIdBytes)};
}

}  // namespace

absl::StatusOr<SignedNote> ParseNote(std::string_view note) {
  if (note.size() > kNoteBytesMax) return Malformed("is longer than 1 MiB");
  if (std::any_of(note.begin(), note.end(), [](char c) { return IsControl(c) && c != '\n'; })) {
    return Malformed("has a control character");
  }
  if (ValidUtf8Prefix(note) != note.size()) return Malformed("is not UTF-8");
  // The last blank line: the text itself may have some.
  const size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return Malformed("has no blank line before its signatures");
  SignedNote parsed;
  parsed.text = note.substr(0, blank + 1);
  std::string_view lines = note.substr(blank + 2);
  if (lines.empty() || lines.back() != '\n') return Malformed("does not end in a signature line");
  while (!lines.empty()) {
    const size_t end = lines.find('\n');
    std::optional<SignedNote::Signature> signature = ParseSignature(lines.substr(0, end));
    if (!signature) return Malformed("has a line after the blank one that is no signature");
    if (parsed.signatures.size() == kNoteSignaturesMax) return Malformed("has over 100 signatures");
    parsed.signatures.push_back(*std::move(signature));
    lines.remove_prefix(end + 1);
  }
  return parsed;
}

std::string FormatNote(std::string_view text, const SignedNote::Signature& signature) {
  return std::string(text) + "\n" + FormatSignature(signature);
}

std::string FormatSignature(const SignedNote::Signature& signature) {
  std::string line(kDash);
  line += signature.key_name;
  line += ' ';
  line += EncodeBase64(signature.key_id + signature.signature);
  line += '\n';
  return line;
}

bool IsKeyName(std::string_view name) {
  return !name.empty() &&
         std::ranges::none_of(name, [](char c) { return IsControl(c) || c == ' ' || c == '+'; }) &&
         std::ranges::none_of(kWideSpaces, [&](std::string_view space) {
           return name.find(space) != std::string_view::npos;
         });
}

std::string Ed25519KeyId(std::string_view key_name, std::string_view public_key, Hasher& hasher) {
  const Hash hash = hasher.Sha256({key_name, "\n", kEd25519, public_key});
  return std::string(BytesOf(hash).substr(0, kKeyIdBytes));
}

std::string Ed25519VerifierKey(std::string_view key_name, std::string_view public_key,
                               Hasher& hasher) {
  const std::string id = Ed25519KeyId(key_name, public_key, hasher);
  return std::string(key_name) + "+" + absl::BytesToHexString(id) + "+" +
         EncodeBase64(std::string(kEd25519) + std::string(public_key));
}

}  // namespace tracegate

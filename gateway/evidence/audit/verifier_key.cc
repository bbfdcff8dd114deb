#include "gateway/evidence/audit/verifier_key.h"

#include <optional>

#include "absl/strings/escaping.h"
#include "gateway/evidence/audit/cosignature.h"
#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/base64.h"
#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"

namespace tracegate::audit {
namespace {

constexpr char kLogKeyType = 0x01;
constexpr size_t kKeyIdBytes = 4;

absl::Status NoKey(std::string_view text, std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, "verifier_key",
                      "'" + std::string(text) + "' " + std::string(what));
}

}  // namespace

absl::StatusOr<VerifierKey> VerifierKey::Parse(std::string_view text) {
  // The base64 may have plus signs of its own; name and ID have none.
  const size_t first = text.find('+');
  const size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return NoKey(text, "is not <name>+<key ID>+<base64>");
  const std::string_view name = text.substr(0, first);
  if (!IsKeyName(name)) return NoKey(text, "has an impossible name");
  const std::optional<std::string> typed = DecodeBase64(text.substr(second + 1));
  if (!typed || typed->empty()) return NoKey(text, "does not end in base64");
  const char type = typed->front();
  if (type != kLogKeyType && type != kCosignerKeyType) {
    return NoKey(text,
                 "is of a type that is not known here; known are Ed25519 keys of logs (0x01) "
                 "and of cosigners (0x04)");
  }
  const auto key = Ed25519Key::FromRaw(std::string_view(*typed).substr(1));
  if (!key) return NoKey(text, "is not an Ed25519 key");
  const std::string id(BytesOf(Sha256({name, "\n", *typed})).substr(0, kKeyIdBytes));
  if (text.substr(first + 1, second - first - 1) != absl::BytesToHexString(id)) {
    return NoKey(text, "has a key ID that is not this key's");
  }
  return VerifierKey{std::string(name), id, type == kCosignerKeyType, *key};
}

absl::StatusOr<std::vector<VerifierKey>> ParseVerifierKeys(const std::vector<std::string>& texts) {
  std::vector<VerifierKey> keys;
  for (const std::string& text : texts) {
    auto key = VerifierKey::Parse(text);
    if (!key.ok()) return key.status();
    keys.push_back(*std::move(key));
  }
  return keys;
}

}  // namespace tracegate::audit

#include "gateway/evidence/audit/cosignature.h"

#include "absl/strings/escaping.h"
#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/base64.h"
#include "protos/tracegate/failure.h"

namespace tracegate::audit {
namespace {

constexpr std::string_view kHeader = "cosignature/v1\n";
constexpr std::string_view kType(&kCosignerKeyType, 1);
constexpr size_t kTimeBytes = 8;
constexpr size_t kKeyIdBytes = 4;

absl::Status Refused(std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, "cosignature", what);
}

}  // namespace

std::string CosignatureMessage(int64_t time_s, std::string_view checkpoint_text) {
  std::string message(kHeader);
  message += "time " + std::to_string(time_s) + "\n";
  message += checkpoint_text;
  return message;
}

std::string CosignatureBytes(const Cosignature& cosignature) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(static_cast<uint64_t>(cosignature.time_s) >> shift & 0xFF);
  }
  return bytes + cosignature.signature;
}

std::optional<Cosignature> ParseCosignature(std::string_view bytes) {
  if (bytes.size() != kTimeBytes + kEd25519SignatureBytes) return std::nullopt;
  uint64_t time = 0;
  for (const char byte : bytes.substr(0, kTimeBytes)) time = time << 8 | static_cast<uint8_t>(byte);
  if (time > static_cast<uint64_t>(INT64_MAX)) return std::nullopt;
  return Cosignature{static_cast<int64_t>(time), std::string(bytes.substr(kTimeBytes))};
}

absl::StatusOr<int64_t> VerifyCosignature(const Ed25519Key& key, std::string_view checkpoint_text,
                                          std::string_view bytes) {
  const auto cosignature = ParseCosignature(bytes);
  if (!cosignature) return Refused("is not 8 bytes of time and 64 of signature");
  if (!key.Holds(CosignatureMessage(cosignature->time_s, checkpoint_text),
                 cosignature->signature)) {
    return Refused("does not hold");
  }
  return cosignature->time_s;
}

std::string CosignerKeyId(std::string_view name, std::string_view public_key) {
  return std::string(BytesOf(Sha256({name, "\n", kType, public_key})).substr(0, kKeyIdBytes));
}

std::string CosignerVerifierKey(std::string_view name, std::string_view public_key) {
  return std::string(name) + "+" + absl::BytesToHexString(CosignerKeyId(name, public_key)) + "+" +
         EncodeBase64(std::string(kType) + std::string(public_key));
}

}  // namespace tracegate::audit

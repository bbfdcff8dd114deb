#include "gateway/evidence/audit/signed_checkpoint.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "gateway/evidence/audit/cosignature.h"
#include "gateway/evidence/base64.h"
#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"

namespace tracegate::audit {
namespace {

constexpr size_t kMandatoryLines = 3;

absl::Status Refused(std::string_view field, std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, field, what);
}

// Decimal without sign or leading zeroes, below 2^63.
std::optional<int64_t> SizeOf(const std::string& line) {
  int64_t size = 0;
  if (!absl::SimpleAtoi(line, &size) || size < 0 || std::to_string(size) != line)
    return std::nullopt;
  return size;
}

bool IsOf(const SignedNote::Signature& line, const VerifierKey& key) {
  return line.key_name == key.name && line.key_id == key.id;
}

// Adds who made the signature.
absl::Status AddSigner(const SignedNote& note, const SignedNote::Signature& line,
                       const VerifierKey& key, SignedCheckpoint& checkpoint) {
  if (key.cosigner) {
    const auto time_s = VerifyCosignature(key.key, note.text, line.signature);
    if (!time_s.ok()) {
      return Refused("cosignature", "of " + key.name + " does not hold");
    }
    checkpoint.signers.push_back({key.name, *time_s});
    return absl::OkStatus();
  }
  if (!key.key.Holds(note.text, line.signature)) {
    return Refused("note", "signature of " + key.name + " does not hold");
  }
  if (key.name != checkpoint.origin) {
    return Refused("checkpoint", "is of " + checkpoint.origin + ", not of " + key.name);
  }
  checkpoint.signers.push_back({key.name, std::nullopt});
  checkpoint.by_log = true;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SignedCheckpoint> ReadCheckpointText(std::string_view text) {
  if (text.empty() || text.back() != '\n')
    return Refused("checkpoint", "does not end in a newline");
  const std::vector<std::string> lines =
      absl::StrSplit(std::string(text.substr(0, text.size() - 1)), '\n');
  if (std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.empty(); })) {
    return Refused("checkpoint", "has an empty line");
  }
  if (lines.size() < kMandatoryLines) return Refused("checkpoint", "has fewer than three lines");
  const auto size = SizeOf(lines[1]);
  if (!size) return Refused("checkpoint", "has no tree size on its second line");
  const auto bytes = DecodeBase64(lines[2]);
  const auto root = bytes ? DigestFrom(*bytes) : std::nullopt;
  if (!root) return Refused("checkpoint", "has no root hash on its third line");
  SignedCheckpoint checkpoint;
  checkpoint.origin = lines[0];
  checkpoint.tree_size = *size;
  checkpoint.root = *root;
  return checkpoint;
}

bool IsByOthers(std::string_view note, std::span<const VerifierKey> keys) {
  const auto parsed = ParseNote(note);
  if (!parsed.ok()) return false;
  return std::ranges::none_of(parsed->signatures, [&](const SignedNote::Signature& line) {
    return std::ranges::any_of(keys, [&](const VerifierKey& key) { return IsOf(line, key); });
  });
}

absl::StatusOr<SignedCheckpoint> OpenCheckpoint(std::string_view note,
                                                std::span<const VerifierKey> keys) {
  const auto parsed = ParseNote(note);
  if (!parsed.ok()) return parsed.status();
  auto checkpoint = ReadCheckpointText(parsed->text);
  if (!checkpoint.ok()) return checkpoint.status();
  std::vector<bool> signed_by(keys.size(), false);
  for (const SignedNote::Signature& line : parsed->signatures) {
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const auto& one) { return IsOf(line, one); });
    if (key == keys.end()) {
      checkpoint->unknown.push_back(line.key_name + " (" + absl::BytesToHexString(line.key_id) +
                                    ")");
      continue;
    }
    if (absl::Status added = AddSigner(*parsed, line, *key, *checkpoint); !added.ok()) return added;
    signed_by[static_cast<size_t>(key - keys.begin())] = true;
  }
  for (size_t i = 0; i < keys.size(); ++i) {
    if (!signed_by[i]) checkpoint->silent.push_back(keys[i].name);
  }
  if (checkpoint->signers.empty()) return Refused("note", "is not signed by any of the keys given");
  return checkpoint;
}

}  // namespace tracegate::audit

#include "gateway/evidence/receipt_check.h"

#include <optional>
#include <string>
#include <vector>

#include "gateway/evidence/checkpoint.h"
#include "gateway/evidence/hash.h"
#include "gateway/evidence/inclusion.h"
#include "gateway/evidence/note_verifier.h"
#include "gateway/evidence/reply_receipt.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status DoesNotHold(std::string_view field, std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, "receipt." + std::string(field), what);
}

// The header speaks of exactly this content.
absl::Status CheckHeader(std::string_view content, const v1::Receipt& receipt, Hasher& hasher) {
  v1::EntryHeader header;
  if (!header.ParseFromString(receipt.header())) return DoesNotHold("header", "is no EntryHeader");
  if (header.content_bytes() != static_cast<int64_t>(content.size())) {
    return DoesNotHold("header", "speaks of " + std::to_string(header.content_bytes()) +
                                     " bytes of content, not " + std::to_string(content.size()));
  }
  if (receipt.salt().size() != kHashBytes) return DoesNotHold("salt", "is not 32 bytes");
  if (BytesOf(hasher.Commitment(receipt.salt(), content)) != header.commitment()) {
    return DoesNotHold("header", "commits to another content");
  }
  return absl::OkStatus();
}

std::optional<std::vector<Hash>> PathOf(const v1::Receipt& receipt) {
  std::vector<Hash> path;
  for (const std::string& bytes : receipt.path()) {
    const std::optional<Hash> hash = HashFromBytes(bytes);
    if (!hash) return std::nullopt;
    path.push_back(*hash);
  }
  return path;
}

}  // namespace

absl::Status VerifyReceipt(std::string_view content, const v1::Receipt& receipt,
                           std::string_view verifier_key) {
  const auto verifier = NoteVerifier::Parse(verifier_key);
  if (!verifier.ok()) return verifier.status();
  Hasher hasher;
  if (absl::Status header = CheckHeader(content, receipt, hasher); !header.ok()) return header;

  const auto text = verifier->Open(receipt.checkpoint());
  if (!text.ok()) return DoesNotHold("checkpoint", std::string(text.status().message()));
  const auto checkpoint = ParseCheckpoint(*text);
  if (!checkpoint.ok())
    return DoesNotHold("checkpoint", std::string(checkpoint.status().message()));
  // The key's name is the origin: a key that signs several logs must not vouch for one as another.
  if (checkpoint->origin != verifier->name()) {
    return DoesNotHold("checkpoint",
                       "is of " + checkpoint->origin + ", not of " + verifier->name());
  }
  if (receipt.log_origin() != checkpoint->origin) {
    return DoesNotHold("log_origin", "is not the checkpoint's");
  }

  const auto path = PathOf(receipt);
  if (!path) return DoesNotHold("path", "has a hash that is not 32 bytes");
  if (!VerifyInclusion(receipt.leaf_index(), checkpoint->tree_size, hasher.Leaf(receipt.header()),
                       *path, checkpoint->root, hasher)) {
    return DoesNotHold("path", "does not lead from the header to the checkpoint's root");
  }
  return absl::OkStatus();
}

absl::Status VerifyReply(std::string_view reply, std::string_view verifier_key) {
  const auto split = SplitReceipt(reply);
  if (!split.ok()) return split.status();
  return VerifyReceipt(split->content, split->receipt, verifier_key);
}

}  // namespace tracegate

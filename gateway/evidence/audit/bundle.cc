#include "gateway/evidence/audit/bundle.h"

#include "protos/tracegate/failure.h"

namespace tracegate::audit {
namespace {

constexpr size_t kLeafLengthBytes = 2;
constexpr size_t kContentLengthBytes = 4;
constexpr uint64_t kSaltBytes = 32;

absl::Status Damaged(std::string_view what) { return Failure(v1::REASON_LOG_DAMAGED, what); }

uint32_t BigEndian(std::string_view bytes) {
  uint32_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<uint8_t>(byte);
  return value;
}

// Into `bytes`, whose room is used again.
bool Read(std::istream& bundle, uint64_t count, uint64_t& left, std::string& bytes) {
  if (count > left) return false;
  bytes.resize(count);
  bundle.read(bytes.data(), static_cast<std::streamsize>(count));
  left -= count;
  return bundle.gcount() == static_cast<std::streamsize>(count);
}

}  // namespace

absl::StatusOr<std::string_view> TakeLeaf(std::string_view& bundle) {
  if (bundle.size() < kLeafLengthBytes) return Damaged("is missing at the end of its bundle");
  const size_t length = BigEndian(bundle.substr(0, kLeafLengthBytes));
  if (bundle.size() - kLeafLengthBytes < length) return Damaged("is longer than its bundle");
  const std::string_view leaf = bundle.substr(kLeafLengthBytes, length);
  bundle.remove_prefix(kLeafLengthBytes + length);
  return leaf;
}

absl::Status ReadContent(std::istream& bundle, uint64_t& left, SaltedContent& item) {
  std::string length;
  if (!Read(bundle, 1, left, length)) return Damaged("has no content at the end of its bundle");
  const uint64_t salt_bytes = static_cast<uint8_t>(length[0]);
  if (salt_bytes != 0 && salt_bytes != kSaltBytes)
    return Damaged("has a salt that is not 32 bytes");
  if (!Read(bundle, salt_bytes, left, item.salt) ||
      !Read(bundle, kContentLengthBytes, left, length)) {
    return Damaged("has no content at the end of its bundle");
  }
  const uint32_t content_bytes = BigEndian(length);
  if (content_bytes > kContentBytesMax) return Damaged("has a content of over 256 MiB");
  if (!Read(bundle, content_bytes, left, item.content)) {
    return Damaged("has a content longer than its bundle");
  }
  return absl::OkStatus();
}

}  // namespace tracegate::audit

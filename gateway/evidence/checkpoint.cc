#include "gateway/evidence/checkpoint.h"

#include <charconv>
#include <optional>

#include "gateway/evidence/base64.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Malformed(std::string_view what) {
  return FieldFailure(v1::REASON_FIELD_INVALID, "checkpoint", what);
}

// Takes one line off the front; nothing where no newline is left, or where the line is empty.
std::optional<std::string_view> TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

// Decimal without sign or leading zeroes.
std::optional<int64_t> ParseSize(std::string_view text) {
  int64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (std::to_string(size) != text || size < 0) return std::nullopt;
  return size;
}

}  // namespace

std::string FormatCheckpoint(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.tree_size) + "\n" +
         EncodeBase64(BytesOf(checkpoint.root)) + "\n";
}

absl::StatusOr<Checkpoint> ParseCheckpoint(std::string_view text) {
  const auto origin = TakeLine(text);
  if (!origin) return Malformed("has no origin line");
  const auto size_line = TakeLine(text);
  const auto size = size_line ? ParseSize(*size_line) : std::nullopt;
  if (!size) return Malformed("has no tree size on its second line");
  const auto root_line = TakeLine(text);
  const auto root_bytes = root_line ? DecodeBase64(*root_line) : std::nullopt;
  const auto root = root_bytes ? HashFromBytes(*root_bytes) : std::nullopt;
  if (!root) return Malformed("has no root hash on its third line");
  while (!text.empty()) {
    if (!TakeLine(text)) return Malformed("has an empty or unfinished extension line");
  }
  return Checkpoint{std::string(*origin), *size, *root};
}

}  // namespace tracegate

#include "adapters/http/secret_file.h"

#include <algorithm>
#include <fstream>

#include "absl/strings/ascii.h"

namespace tracegate {
namespace {

constexpr size_t kSecretBytesMax = 4 << 10;

}  // namespace

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string secret(kSecretBytesMax + 1, '\0');
  file.read(secret.data(), static_cast<std::streamsize>(secret.size()));
  if (file.bad() || !file.is_open()) return absl::InvalidArgumentError("cannot be read");
  secret.resize(static_cast<size_t>(file.gcount()));
  if (secret.size() > kSecretBytesMax) return absl::InvalidArgumentError("is longer than 4 KiB");
  absl::StripAsciiWhitespace(&secret);
  const bool fits =
      std::all_of(secret.begin(), secret.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (secret.empty() || !fits) {
    return absl::InvalidArgumentError("does not hold one line of visible ASCII");
  }
  return secret;
}

}  // namespace tracegate

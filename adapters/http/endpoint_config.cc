#include "adapters/http/endpoint_config.h"

#include <algorithm>
#include <fstream>

#include "absl/strings/ascii.h"
#include "adapters/http/secret_file.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int64_t kAnswerBytesLimit = int64_t{64} << 20;
constexpr int kRequestsPerSecondMax = 10'000;

absl::Status Wrong(const std::string& field, std::string_view expected) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, expected);
}

absl::Status CheckReadable(const std::string& field, const std::string& path) {
  if (path.empty()) return Wrong(field, "is missing; expected a PEM file");
  if (!std::ifstream(path).is_open()) return Wrong(field, "cannot be read");
  return absl::OkStatus();
}

absl::Status CheckSecret(const std::string& field, const std::string& path) {
  if (path.empty()) return Wrong(field, "is missing; expected a file with one line");
  const auto secret = ReadSecretFile(path);
  return secret.ok() ? absl::OkStatus() : Wrong(field, std::string(secret.status().message()));
}

absl::Status CheckApiKey(const std::string& key, const config::v1::ApiKey& config) {
  const std::string& name = config.header();
  const bool is_name = std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
  });
  if (name.empty() || !is_name) return Wrong(key + ".header", "is no name such as X-Api-Key");
  return CheckSecret(key + ".key_file", config.key_file());
}

absl::Status CheckOAuth(const std::string& key, const config::v1::OAuthClient& config) {
  const auto url = HttpsUrl::Parse(config.token_url());
  if (!url.ok()) return Wrong(key + ".token_url", std::string(url.status().message()));
  if (config.client_id().empty()) return Wrong(key + ".client_id", "is missing");
  return CheckSecret(key + ".client_secret_file", config.client_secret_file());
}

absl::Status CheckTls(const std::string& key, const config::v1::HttpsServer& config) {
  absl::Status checked = CheckReadable(key + ".ca_file", config.ca_file());
  if (!checked.ok() || (config.certificate_file().empty() && config.key_file().empty())) {
    return checked;
  }
  checked = CheckReadable(key + ".certificate_file", config.certificate_file());
  return checked.ok() ? CheckReadable(key + ".key_file", config.key_file()) : checked;
}

absl::Status CheckBounds(const std::string& key, const config::v1::HttpsServer& config) {
  if (config.requests_per_second() < 0 || config.requests_per_second() > kRequestsPerSecondMax) {
    return Wrong(key + ".requests_per_second", "is out of range; expected 1 to 10000");
  }
  if (config.answer_bytes_max() < 0 || config.answer_bytes_max() > kAnswerBytesLimit) {
    return Wrong(key + ".answer_bytes_max", "is out of range; expected 1 to 67108864");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<HttpsUrl> ReadAddress(const std::string& field, const std::string& text) {
  const size_t last = text.find_last_not_of('/');
  const auto url = HttpsUrl::Parse(text.substr(0, last == std::string::npos ? 0 : last + 1));
  if (!url.ok()) return Wrong(field, std::string(url.status().message()));
  if (url->has_query()) return Wrong(field, "has a query; it stands in the paths");
  return url;
}

absl::Status CheckPath(const std::string& field, const std::string& path) {
  const bool fits =
      std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c <= '~' && c != '#'; });
  if (path.starts_with('/') && fits) return absl::OkStatus();
  return Wrong(field, "is no path such as /weapons, without blanks, # and letters beyond ASCII");
}

absl::Status CheckServer(const std::string& key, const config::v1::HttpsServer& config) {
  if (const auto base = ReadAddress(key + ".base_url", config.base_url()); !base.ok()) {
    return base.status();
  }
  absl::Status checked = CheckTls(key, config);
  if (checked.ok() && config.has_api_key())
    checked = CheckApiKey(key + ".api_key", config.api_key());
  if (checked.ok() && config.has_oauth()) checked = CheckOAuth(key + ".oauth", config.oauth());
  if (checked.ok() && !config.health_path().empty()) {
    checked = CheckPath(key + ".health_path", config.health_path());
  }
  return checked.ok() ? CheckBounds(key, config) : checked;
}

}  // namespace tracegate

#include "adapters/http/access_token.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "adapters/http/json_answer.h"
#include "adapters/http/secret_file.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kHttpOk = 200;
constexpr size_t kTokenBytesMax = 16 << 10;
// Where the endpoint does not say how long (RFC 6749, 5.1, recommends that it does).
constexpr int kSecondsUnsaid = 300;
constexpr int kSecondsMax = 24 * 3600;

std::string Member(const JsonAnswer& answer, const char* name) {
  if (!answer.IsObject()) return "";
  const auto member = answer.FindMember(name);
  return member == answer.MemberEnd() ? "" : JsonText(member->value).value_or("");
}

// It stands in a header: visible ASCII (RFC 6750, 2.1).
bool IsToken(const std::string& text) {
  return !text.empty() && text.size() <= kTokenBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

absl::StatusOr<std::string> AccessToken::Get(HttpsClient& client, const CallWatch& watch) {
  {
    const absl::MutexLock lock(&mutex_);
    if (absl::Now() < good_until_) return token_;
  }
  return Fetch(client, watch);
}

void AccessToken::Drop(const std::string& token) {
  const absl::MutexLock lock(&mutex_);
  if (token == token_) good_until_ = absl::InfinitePast();
}

absl::StatusOr<HttpRequest> AccessToken::Request() const {
  const auto secret = ReadSecretFile(config_.client_secret_file());
  if (!secret.ok()) {
    return Failure(
        v1::REASON_REGISTRY_UNAVAILABLE,
        asked_ + " cannot be asked: client_secret_file " + std::string(secret.status().message()));
  }
  const std::string pair = PercentEncoded(config_.client_id()) + ":" + PercentEncoded(*secret);
  HttpRequest request{.url = url_};
  request.headers = {"Authorization: Basic " + absl::Base64Escape(pair),
                     "Content-Type: application/x-www-form-urlencoded", "Accept: application/json"};
  request.body = "grant_type=client_credentials";
  if (!config_.scope().empty()) *request.body += "&scope=" + PercentEncoded(config_.scope());
  return request;
}

absl::StatusOr<std::string> AccessToken::Fetch(HttpsClient& client, const CallWatch& watch) {
  const auto request = Request();
  if (!request.ok()) return request.status();
  const auto answer = client.Send(asked_, *request, watch);
  if (!answer.ok()) return answer.status();
  if (answer->status == kHttpOk) return Keep(answer->body);
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                 asked_ + " gives none (HTTP " + std::to_string(answer->status) + ")");
}

absl::StatusOr<std::string> AccessToken::Keep(const std::string& body) {
  const auto answer = ParseJson(body);
  std::string token = answer.ok() ? Member(*answer, "access_token") : "";
  if (!IsToken(token) || !absl::EqualsIgnoreCase(Member(*answer, "token_type"), "Bearer")) {
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE, asked_ + " answers without a bearer token");
  }
  int seconds = 0;
  if (!absl::SimpleAtoi(Member(*answer, "expires_in"), &seconds)) seconds = kSecondsUnsaid;
  const absl::MutexLock lock(&mutex_);
  token_ = token;
  good_until_ = absl::Now() + absl::Seconds(std::clamp(seconds, 0, kSecondsMax)) * 0.9;
  return token;
}

}  // namespace tracegate

#include "adapters/http/https_endpoint.h"

#include <algorithm>
#include <utility>

#include "adapters/http/endpoint_config.h"
#include "adapters/http/secret_file.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kAnswerBytesMax = size_t{4} << 20;
// How long a registry is left alone that asks for it without saying how long.
constexpr absl::Duration kPause = absl::Seconds(5);
constexpr absl::Duration kPauseMax = absl::Hours(1);

std::string Http(int status) { return " (HTTP " + std::to_string(status) + ")"; }

}  // namespace

absl::StatusOr<std::unique_ptr<HttpsEndpoint>> HttpsEndpoint::Create(
    const std::string& registry, const std::string& key, const config::v1::HttpsServer& config) {
  if (absl::Status checked = CheckServer(key, config); !checked.ok()) return checked;
  auto base = ReadAddress(key + ".base_url", config.base_url());
  if (!base.ok()) return base.status();
  return std::unique_ptr<HttpsEndpoint>(new HttpsEndpoint(registry, config, *std::move(base)));
}

HttpsEndpoint::HttpsEndpoint(const std::string& registry, const config::v1::HttpsServer& config,
                             HttpsUrl base)
    : registry_(registry),
      asked_("registry '" + registry + "'"),
      config_(config),
      base_(std::move(base)),
      pace_(registry, config.requests_per_second()) {
  if (!config.has_oauth()) return;
  auto url = HttpsUrl::Parse(config.oauth().token_url());  // checked before
  if (url.ok()) token_ = std::make_unique<AccessToken>(registry, *std::move(url), config.oauth());
}

std::unique_ptr<HttpsClient> HttpsEndpoint::NewClient() const {
  const auto bytes_max = static_cast<size_t>(config_.answer_bytes_max());
  return std::make_unique<HttpsClient>(
      TlsFiles{config_.ca_file(), config_.certificate_file(), config_.key_file()},
      bytes_max == 0 ? kAnswerBytesMax : bytes_max);
}

absl::StatusOr<HttpsUrl> HttpsEndpoint::At(const std::string& path) const {
  return HttpsUrl::Parse(base_.text() + path);
}

absl::StatusOr<std::string> HttpsEndpoint::CredentialHeader(HttpsClient& client,
                                                            const CallWatch& watch) {
  if (token_ != nullptr) {
    auto token = token_->Get(client, watch);
    return token.ok() ? "Authorization: Bearer " + *token : std::move(token);
  }
  if (!config_.has_api_key()) return "";
  auto key = ReadSecretFile(config_.api_key().key_file());
  if (key.ok()) return config_.api_key().header() + ": " + *key;
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE, asked_ + " cannot be asked: api_key.key_file " +
                                                      std::string(key.status().message()));
}

absl::StatusOr<HttpAnswer> HttpsEndpoint::Ask(HttpsClient& client, const HttpRequest& request,
                                              const CallWatch& watch) {
  constexpr int kTries = 2;
  for (int tries = 1;; ++tries) {
    if (absl::Status turn = pace_.Await(watch); !turn.ok()) return turn;
    const auto credential = CredentialHeader(client, watch);
    if (!credential.ok()) return credential.status();
    HttpRequest shown = request;
    if (!credential->empty()) shown.headers.push_back(*credential);
    auto answer = client.Send(asked_, shown, watch);
    if (!answer.ok()) return answer;
    if (answer->status == 401 && token_ != nullptr && tries < kTries) {
      token_->Drop(credential->substr(credential->rfind(' ') + 1));
      continue;
    }
    if (absl::Status refused = RefusalOf(*answer); !refused.ok()) return refused;
    return answer;
  }
}

absl::Status HttpsEndpoint::RefusalOf(const HttpAnswer& answer) {
  const int status = answer.status;
  if (status == 401 || status == 403) {
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                   asked_ + " does not let this gateway ask" + Http(status));
  }
  if (status >= 300 && status < 400) {
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                   asked_ + " answers with a redirect, which is not followed" + Http(status));
  }
  if (status != 429 && status != 503) return absl::OkStatus();
  const absl::Duration pause =
      answer.retry_after > absl::ZeroDuration() ? std::min(answer.retry_after, kPauseMax) : kPause;
  pace_.Pause(pause);
  return RegistryBusy(registry_, pause);
}

absl::Status HttpsEndpoint::Health(HttpsClient& client, const CallWatch& watch) {
  auto url = config_.health_path().empty() ? base_ : At(config_.health_path());
  if (!url.ok()) return url.status();
  const auto answer = Ask(client, {.url = *std::move(url)}, watch);
  if (!answer.ok()) return answer.status();
  // Without a path of its own, whoever answers at all can be asked.
  if (config_.health_path().empty() && answer->status < 500) return absl::OkStatus();
  return CheckSuccess(asked_, *answer);
}

absl::Status CheckSuccess(const std::string& asked, const HttpAnswer& answer) {
  const int status = answer.status;
  if (status >= 200 && status < 300) return absl::OkStatus();
  const bool may_pass = status < 400 || status >= 500 || status == 408 || status == 425;
  if (may_pass) {
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE, asked + " failed" + Http(status));
  }
  return Failure(v1::REASON_REGISTRY_MISMATCH,
                 asked + " does not take the question as it is configured" + Http(status));
}

}  // namespace tracegate

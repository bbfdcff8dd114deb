#ifndef TRACEGATE_ADAPTERS_HTTP_HTTPS_ENDPOINT_H_
#define TRACEGATE_ADAPTERS_HTTP_HTTPS_ENDPOINT_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "adapters/http/access_token.h"
#include "adapters/http/http_message.h"
#include "adapters/http/https_client.h"
#include "adapters/http/https_url.h"
#include "adapters/http/request_pace.h"
#include "tracegate/config/v1/https_registry.pb.h"

namespace tracegate {

// One registry's interface over HTTPS: where it is, who may vouch for it, what it is shown, and how often it may be asked.
//
// Thread safety: all methods from any thread, each with a client of its own.
class HttpsEndpoint {
 public:
  // `key`: of the configuration, for messages, such as `rest.server`. Reads no file but to see that it is there. Errors:
  // CONFIG_INVALID naming the field.
  static absl::StatusOr<std::unique_ptr<HttpsEndpoint>> Create(
      const std::string& registry, const std::string& key, const config::v1::HttpsServer& config);

  // A client with this endpoint's files and bounds.
  std::unique_ptr<HttpsClient> NewClient() const;

  // The address of `path`, which begins with `/`, with a query where it has one. INVALID_ARGUMENT where that is none.
  absl::StatusOr<HttpsUrl> At(const std::string& path) const;

  // Waits for its turn, shows who asks, and asks; again, once, with a new token where the registry refuses the one it got.
  // Any answer counts that is not listed here. Errors: as HttpsClient and RequestPace; REGISTRY_UNAVAILABLE for 401 and 403,
  // and redirects; REGISTRY_BUSY with a hint for 429 and 503.
  absl::StatusOr<HttpAnswer> Ask(HttpsClient& client, const HttpRequest& request,
                                 const CallWatch& watch);

  // OK where the registry can be asked now.
  absl::Status Health(HttpsClient& client, const CallWatch& watch);

  const std::string& registry() const { return registry_; }
  // Who is asked, for messages.
  const std::string& asked() const { return asked_; }

 private:
  HttpsEndpoint(const std::string& registry, const config::v1::HttpsServer& config, HttpsUrl base);

  // What `request` is sent with; empty: nothing beside it.
  absl::StatusOr<std::string> CredentialHeader(HttpsClient& client, const CallWatch& watch);
  absl::Status RefusalOf(const HttpAnswer& answer);

  const std::string registry_;
  const std::string asked_;
  const config::v1::HttpsServer config_;
  const HttpsUrl base_;
  RequestPace pace_;
  std::unique_ptr<AccessToken> token_;  // null: none is needed
};

// OK for an answer of success; else what its status means for a question: REGISTRY_UNAVAILABLE where asking again may
// help, REGISTRY_MISMATCH where the registry does not take such questions.
absl::Status CheckSuccess(const std::string& asked, const HttpAnswer& answer);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_HTTPS_ENDPOINT_H_

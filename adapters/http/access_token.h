#ifndef TRACEGATE_ADAPTERS_HTTP_ACCESS_TOKEN_H_
#define TRACEGATE_ADAPTERS_HTTP_ACCESS_TOKEN_H_

#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "adapters/http/https_client.h"
#include "adapters/http/https_url.h"
#include "tracegate/config/v1/https_registry.pb.h"

namespace tracegate {

// The OAuth 2.0 access token with which one registry is asked (RFC 6749, 4.4: client credentials). It is kept for nine
// tenths of the time that it is good for. Where it has to be fetched, each call that finds so fetches one; the last one
// counts, and nobody waits for another.
//
// Thread safety: all methods from any thread. Errors: as HttpsClient; REGISTRY_UNAVAILABLE where the endpoint gives none.
class AccessToken {
 public:
  AccessToken(std::string registry, HttpsUrl url, config::v1::OAuthClient config)
      : asked_("the token endpoint of registry '" + std::move(registry) + "'"),
        url_(std::move(url)),
        config_(std::move(config)) {}

  // One that should be good, fetched through `client` where there is none.
  absl::StatusOr<std::string> Get(HttpsClient& client, const CallWatch& watch);

  // The registry does not take that one any more.
  void Drop(const std::string& token);

 private:
  absl::StatusOr<std::string> Fetch(HttpsClient& client, const CallWatch& watch);
  absl::StatusOr<HttpRequest> Request() const;
  absl::StatusOr<std::string> Keep(const std::string& body);

  const std::string asked_;
  const HttpsUrl url_;
  const config::v1::OAuthClient config_;
  absl::Mutex mutex_;
  std::string token_ ABSL_GUARDED_BY(mutex_);
  absl::Time good_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_ACCESS_TOKEN_H_

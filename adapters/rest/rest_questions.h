#ifndef TRACEGATE_ADAPTERS_REST_REST_QUESTIONS_H_
#define TRACEGATE_ADAPTERS_REST_REST_QUESTIONS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/http/http_message.h"
#include "adapters/http/https_endpoint.h"
#include "adapters/mapping/character_set.h"
#include "tracegate/config/v1/https_registry.pb.h"

namespace tracegate {

// What one API is asked, as its configuration says.
//
// Thread safety: immutable. Lifetime: the endpoint outlives it.
class RestQuestions {
 public:
  // Errors: CONFIG_INVALID naming the field.
  static absl::StatusOr<RestQuestions> Create(const config::v1::RestRegistry& config,
                                              const HttpsEndpoint* endpoint,
                                              const CharacterSet& character_set);

  // The request that looks for a serial; none where the API's character set cannot write it, so that no record has it.
  absl::StatusOr<std::optional<HttpRequest>> Find(const std::string& serial) const;

  // The request for one record; none as above.
  absl::StatusOr<std::optional<HttpRequest>> Record(const std::string& number) const;

 private:
  RestQuestions(const config::v1::RestRegistry& config, const HttpsEndpoint* endpoint,
                const CharacterSet& character_set)
      : find_(config.find()),
        record_(config.record()),
        endpoint_(endpoint),
        character_set_(character_set) {}

  absl::Status Check() const;
  absl::StatusOr<HttpRequest> Request(const std::string& path) const;

  config::v1::RestSearch find_;
  config::v1::RestRecord record_;
  const HttpsEndpoint* endpoint_;
  CharacterSet character_set_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_REST_REST_QUESTIONS_H_

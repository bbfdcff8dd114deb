#ifndef TRACEGATE_ADAPTERS_REST_REST_PAGES_H_
#define TRACEGATE_ADAPTERS_REST_REST_PAGES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "adapters/http/http_message.h"
#include "adapters/http/json_answer.h"
#include "tracegate/config/v1/https_registry.pb.h"

namespace tracegate {

// How an answer of several pages goes on.
//
// Thread safety: immutable.
class RestPages {
 public:
  // One page of an answer.
  struct Page {
    const HttpRequest& first;    // that the first page answers
    const HttpRequest& request;  // that this one answers
    const HttpAnswer& answer;
    const JsonAnswer& json;
    int number;      // from 1
    size_t records;  // on it
  };

  // Errors: CONFIG_INVALID naming the field.
  static absl::StatusOr<RestPages> Create(const config::v1::RestPages& config);

  // What the next page is asked for with; nothing: it was the last. Errors: INVALID_ARGUMENT where it leads elsewhere.
  absl::StatusOr<std::optional<HttpRequest>> Next(const Page& page) const;

  // Read of one answer.
  int pages_max() const;

 private:
  RestPages(config::v1::RestPages config, std::optional<JsonPlace> place)
      : config_(std::move(config)), place_(std::move(place)) {}

  static absl::StatusOr<std::optional<HttpRequest>> Follow(const Page& page,
                                                           const std::string& link);
  std::string TextAt(const JsonAnswer& json) const;

  config::v1::RestPages config_;
  std::optional<JsonPlace> place_;  // of the link or the cursor
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_REST_REST_PAGES_H_

#ifndef TRACEGATE_ADAPTERS_HTTP_ENDPOINT_CONFIG_H_
#define TRACEGATE_ADAPTERS_HTTP_ENDPOINT_CONFIG_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/http/https_url.h"
#include "tracegate/config/v1/https_registry.pb.h"

namespace tracegate {

// Everything of a server that can be wrong before it is asked: CONFIG_INVALID naming the field, below `key`.
absl::Status CheckServer(const std::string& key, const config::v1::HttpsServer& config);

// The address in a field, without a slash at its end; with a query refused.
absl::StatusOr<HttpsUrl> ReadAddress(const std::string& field, const std::string& text);

// A path behind an address: begins with `/` and has no blanks, control characters or fragment.
absl::Status CheckPath(const std::string& field, const std::string& path);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_ENDPOINT_CONFIG_H_

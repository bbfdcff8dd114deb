#ifndef TRACEGATE_ADAPTERS_HTTP_HTTP_MESSAGE_H_
#define TRACEGATE_ADAPTERS_HTTP_HTTP_MESSAGE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "adapters/http/https_url.h"

namespace tracegate {

// What is asked. With a body it is a POST, else a GET.
struct HttpRequest {
  HttpsUrl url;
  std::vector<std::string> headers = {};  // `Accept: application/json`
  std::optional<std::string> body = std::nullopt;
};

// A whole answer, whatever its status.
struct HttpAnswer {
  int status = 0;
  std::string content_type;        // without parameters, in small letters
  std::vector<std::string> links;  // values of its Link headers
  absl::Duration retry_after;      // as it says; 0: it does not
  std::string body;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_HTTP_MESSAGE_H_

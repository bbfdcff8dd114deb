#ifndef TRACEGATE_ADAPTERS_XML_XML_QUESTION_H_
#define TRACEGATE_ADAPTERS_XML_XML_QUESTION_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/http/http_message.h"
#include "adapters/http/https_endpoint.h"
#include "tracegate/config/v1/xml_registry.pb.h"

namespace tracegate {

// One kind of question that a registry is sent as a document.
//
// Thread safety: immutable.
class XmlQuestion {
 public:
  // Reads the request's file. `key`: of the configuration, for messages; `place`: `{serial}`. Errors: CONFIG_INVALID naming
  // the field.
  static absl::StatusOr<XmlQuestion> Load(const std::string& key, const std::string& place,
                                          const config::v1::XmlQuestion& config,
                                          const HttpsEndpoint& endpoint);

  // The request about `value`; none where XML cannot hold it, so that no record has it.
  std::optional<HttpRequest> About(const std::string& value) const;

 private:
  XmlQuestion(HttpsUrl url, std::vector<std::string> headers, std::string text, std::string place)
      : url_(std::move(url)),
        headers_(std::move(headers)),
        text_(std::move(text)),
        place_(std::move(place)) {}

  HttpsUrl url_;
  std::vector<std::string> headers_;
  std::string text_;
  std::string place_;
};

// `text` as it may stand in an element or an attribute; nothing where it has a character that XML 1.0 has not. UTF-8.
std::optional<std::string> XmlEscaped(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_XML_XML_QUESTION_H_

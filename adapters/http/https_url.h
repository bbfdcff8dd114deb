#ifndef TRACEGATE_ADAPTERS_HTTP_HTTPS_URL_H_
#define TRACEGATE_ADAPTERS_HTTP_HTTPS_URL_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace tracegate {

// An absolute https address, without a user and a fragment.
//
// Thread safety: immutable.
class HttpsUrl {
 public:
  // Errors: INVALID_ARGUMENT saying what is wrong with it, without the text itself.
  static absl::StatusOr<HttpsUrl> Parse(const std::string& text);

  // The address that `reference`, absolute or relative, means where it stands in an answer of this one's. Errors:
  // INVALID_ARGUMENT where it leads to another scheme, host or port.
  absl::StatusOr<HttpsUrl> Follow(const std::string& reference) const;

  // This address with `name=value` behind its query.
  HttpsUrl WithParameter(std::string_view name, std::string_view value) const;

  const std::string& text() const { return text_; }
  // `https://host:port`, the host in small letters.
  const std::string& origin() const { return origin_; }
  bool has_query() const { return text_.find('?') != std::string::npos; }

 private:
  HttpsUrl(std::string text, std::string origin)
      : text_(std::move(text)), origin_(std::move(origin)) {}

  std::string text_;
  std::string origin_;
};

// `text` with every byte but unreserved characters (RFC 3986, 2.3) as %XX: it stays one value wherever it stands.
std::string PercentEncoded(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_HTTPS_URL_H_

#include "adapters/http/https_url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"

namespace tracegate {
namespace {

constexpr size_t kUrlBytesMax = 8 << 10;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, FreeUrl>;

std::string Part(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

absl::Status Wrong(const char* what) { return absl::InvalidArgumentError(what); }

bool IsVisibleAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

absl::Status Check(CURLU* url) {
  if (Part(url, CURLUPART_SCHEME) != "https") return Wrong("does not begin with https://");
  if (!Part(url, CURLUPART_USER).empty() || !Part(url, CURLUPART_PASSWORD).empty()) {
    return Wrong("has a user in it");
  }
  if (!Part(url, CURLUPART_FRAGMENT).empty()) return Wrong("has a fragment");
  return absl::OkStatus();
}

std::string OriginOf(CURLU* url) {
  return "https://" + absl::AsciiStrToLower(Part(url, CURLUPART_HOST)) + ":" +
         Part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

}  // namespace

absl::StatusOr<HttpsUrl> HttpsUrl::Parse(const std::string& text) {
  if (!IsVisibleAscii(text)) return Wrong("has blanks or characters beyond ASCII");
  const CurlUrl url(curl_url());
  if (url == nullptr || text.size() > kUrlBytesMax ||
      curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return Wrong("is no address; expected such as https://registry.example/v2");
  }
  if (absl::Status checked = Check(url.get()); !checked.ok()) return checked;
  return HttpsUrl(text, OriginOf(url.get()));
}

absl::StatusOr<HttpsUrl> HttpsUrl::Follow(const std::string& reference) const {
  const CurlUrl url(curl_url());
  if (url == nullptr || reference.size() > kUrlBytesMax ||
      curl_url_set(url.get(), CURLUPART_URL, text_.c_str(), 0) != CURLUE_OK ||
      curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), 0) != CURLUE_OK) {
    return Wrong("is no address");
  }
  auto followed = Parse(Part(url.get(), CURLUPART_URL));
  if (followed.ok() && followed->origin_ != origin_) return Wrong("leads to another server");
  return followed;
}

HttpsUrl HttpsUrl::WithParameter(std::string_view name, std::string_view value) const {
  HttpsUrl longer = *this;
  longer.text_ += (has_query() ? "&" : "?") + PercentEncoded(name) + "=" + PercentEncoded(value);
  return longer;
}

std::string PercentEncoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
        std::string_view("-._~").find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace tracegate

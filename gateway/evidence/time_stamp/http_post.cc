#include "gateway/evidence/time_stamp/http_post.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "gateway/evidence/time_stamp/time_stamp.h"
#include "gateway/evidence/time_stamp/ts_text.h"

namespace tracegate {
namespace {

constexpr char kQueryType[] = "Content-Type: application/timestamp-query";
constexpr char kAccepted[] = "Accept: application/timestamp-reply";
constexpr std::string_view kReplyType = "application/timestamp-reply";
constexpr size_t kHeaderBytesMax = size_t{64} << 10;
constexpr long kHttpOk = 200;  // NOLINT(runtime/int): libcurl's type

// libcurl takes 0 for no limit.
long Milliseconds(absl::Duration duration) {  // NOLINT(runtime/int): libcurl's type
  constexpr absl::Duration kMost = absl::Hours(1);
  return static_cast<long>(  // NOLINT(runtime/int)
      absl::ToInt64Milliseconds(std::clamp(duration, absl::Milliseconds(1), kMost)));
}

// Parameters, which the type has none of, are passed over.
bool IsReplyType(const char* type) {
  std::string name = type == nullptr ? "" : type;
  name.resize(std::min(name.size(), name.find(';')));
  absl::StripAsciiWhitespace(&name);
  return absl::AsciiStrToLower(name) == kReplyType;
}

absl::Status NoAnswer(std::string_view cause) {
  return absl::UnavailableError({cause.data(), cause.size()});
}

}  // namespace

HttpPost::HttpPost(const Target& target, const std::string& body) : handle_(curl_easy_init()) {
  if (handle_ == nullptr) {
    set_up_ = CURLE_OUT_OF_MEMORY;
    return;
  }
  SetTarget(target);
  SetBody(body);
  SetSinks();
}

template <typename Value>
void HttpPost::Set(CURLoption option, Value value) {
  const CURLcode outcome = curl_easy_setopt(handle_.get(), option, value);
  if (set_up_ == CURLE_OK) set_up_ = outcome;
}

void HttpPost::SetTarget(const Target& target) {
  Set(CURLOPT_URL, target.url.c_str());
  Set(CURLOPT_PROTOCOLS_STR, "http,https");
  Set(CURLOPT_FOLLOWLOCATION, 0L);
  Set(CURLOPT_PROXY, "");                                     // not even the environment's
  Set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));  // NOLINT(runtime/int)
  Set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));  // NOLINT(runtime/int)
  Set(CURLOPT_FORBID_REUSE, 1L);
  Set(CURLOPT_SSL_VERIFYPEER, 1L);
  Set(CURLOPT_SSL_VERIFYHOST, 2L);
  Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));  // NOLINT(runtime/int)
  if (!target.tls_ca_file.empty()) {
    Set(CURLOPT_CAINFO, target.tls_ca_file.c_str());
    // Or the system's CAs would be good enough beside it.
    Set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  Set(CURLOPT_CONNECTTIMEOUT_MS, Milliseconds(std::min(target.connect_timeout, target.timeout)));
  Set(CURLOPT_TIMEOUT_MS, Milliseconds(target.timeout));
  // No alarm signals in a process of many threads; and no waiting for a name server when a request is
  // given up.
  Set(CURLOPT_NOSIGNAL, 1L);
  Set(CURLOPT_QUICK_EXIT, 1L);
}

void HttpPost::SetBody(const std::string& body) {
  headers_.reset(curl_slist_append(nullptr, kQueryType));
  if (headers_ == nullptr || curl_slist_append(headers_.get(), kAccepted) == nullptr) {
    set_up_ = CURLE_OUT_OF_MEMORY;
  }
  Set(CURLOPT_HTTPHEADER, headers_.get());
  Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  Set(CURLOPT_COPYPOSTFIELDS, body.data());
}

void HttpPost::SetSinks() {
  Set(CURLOPT_ERRORBUFFER, problem_);
  Set(CURLOPT_WRITEFUNCTION, &HttpPost::TakeBody);
  Set(CURLOPT_WRITEDATA, this);
  Set(CURLOPT_HEADERFUNCTION, &HttpPost::TakeHeader);
  Set(CURLOPT_HEADERDATA, this);
}

// Taking less than all makes libcurl break off.
size_t HttpPost::TakeBody(char* bytes, size_t one, size_t size, void* self) {
  auto* post = static_cast<HttpPost*>(self);
  if (size * one > kTimeStampBytesMax - post->answer_.size()) {
    post->too_large_ = true;
    return 0;
  }
  post->answer_.append(bytes, size * one);
  return size * one;
}

size_t HttpPost::TakeHeader(char* /*bytes*/, size_t one, size_t size, void* self) {
  auto* post = static_cast<HttpPost*>(self);
  post->header_bytes_ += size * one;
  post->too_large_ = post->too_large_ || post->header_bytes_ > kHeaderBytesMax;
  return post->too_large_ ? 0 : size * one;
}

absl::StatusOr<std::string> HttpPost::Answer(CURLcode outcome) {
  if (set_up_ != CURLE_OK) outcome = set_up_;
  if (too_large_) {
    return NoAnswer("answered more than " + std::to_string(kTimeStampBytesMax) + " bytes");
  }
  if (outcome != CURLE_OK) {
    const std::string_view detail = problem_[0] == '\0' ? curl_easy_strerror(outcome) : problem_;
    return NoAnswer("could not be asked (" + ts::Quoted(detail) + ")");
  }
  long status = 0;  // NOLINT(runtime/int): libcurl's type
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != kHttpOk) return NoAnswer("answered HTTP " + std::to_string(status));
  const char* type = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_TYPE, &type);
  if (!IsReplyType(type)) {
    return NoAnswer("answered with the content type '" + ts::Quoted(type == nullptr ? "" : type) +
                    "' and not " + std::string(kReplyType));
  }
  return std::move(answer_);
}

}  // namespace tracegate

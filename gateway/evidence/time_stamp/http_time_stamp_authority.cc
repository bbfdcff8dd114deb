#include "gateway/evidence/time_stamp/http_time_stamp_authority.h"

#include <curl/curl.h>

#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "gateway/evidence/time_stamp/http_post.h"
#include "gateway/evidence/time_stamp/ts_text.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// A wake-up ends the wait before; this only bounds what a lost one would cost.
constexpr int kPollMs = 1000;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string PartOf(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  return copy;
}

absl::Status NoAddress(std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "time_stamp.url", problem);
}

// The host of an address that may be asked. The address itself is never repeated: it may hold a
// password.
absl::StatusOr<std::string> HostOf(const std::string& address) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (url == nullptr || curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK) {
    return NoAddress("is no address such as http://tsa.example/stamp");
  }
  const std::string scheme = PartOf(url.get(), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https")
    return NoAddress("must begin with http:// or https://");
  if (absl::StrContains(address, '@')) return NoAddress("must not hold a user or a password");
  return ts::Quoted(PartOf(url.get(), CURLUPART_HOST));
}

// Thread safe from libcurl 7.84 on, and never undone: others of the process may use libcurl too.
bool LibraryIsReady() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

}  // namespace

class HttpTimeStampAuthority::Waiter {
 public:
  Waiter() : multi_(curl_multi_init()) {}
  ~Waiter() { curl_multi_cleanup(multi_); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  bool ready() const { return multi_ != nullptr; }

  // Carries out the transfer, or breaks it off once `cancelled`.
  CURLcode Run(CURL* transfer, const std::atomic<bool>& cancelled) {
    if (curl_multi_add_handle(multi_, transfer) != CURLM_OK) return CURLE_FAILED_INIT;
    CURLcode outcome = CURLE_ABORTED_BY_CALLBACK;
    for (int running = 1; running > 0 && !cancelled;) {
      if (curl_multi_perform(multi_, &running) != CURLM_OK) break;
      if (running > 0) curl_multi_poll(multi_, nullptr, 0, kPollMs, nullptr);
    }
    int left = 0;
    if (const CURLMsg* done = curl_multi_info_read(multi_, &left)) outcome = done->data.result;
    curl_multi_remove_handle(multi_, transfer);
    return outcome;
  }

  // The one call that another thread may make; it also ends the next wait where none is under way.
  void Wake() { curl_multi_wakeup(multi_); }

 private:
  CURLM* const multi_;
};

absl::StatusOr<std::unique_ptr<HttpTimeStampAuthority>> HttpTimeStampAuthority::Create(
    Options options) {
  auto host = HostOf(options.url);
  if (!host.ok()) return host.status();
  if (options.connect_timeout <= absl::ZeroDuration()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, "time_stamp.connect_timeout",
                        "must be more than nothing");
  }
  if (!LibraryIsReady()) return Failure(v1::REASON_INTERNAL, "libcurl cannot be used");
  auto waiter = std::make_unique<Waiter>();
  if (!waiter->ready()) return Failure(v1::REASON_INTERNAL, "no memory for libcurl");
  return std::unique_ptr<HttpTimeStampAuthority>(
      new HttpTimeStampAuthority(std::move(options), *std::move(host), std::move(waiter)));
}

HttpTimeStampAuthority::HttpTimeStampAuthority(Options options, std::string host,
                                               std::unique_ptr<Waiter> waiter)
    : options_(std::move(options)), host_(std::move(host)), waiter_(std::move(waiter)) {}

HttpTimeStampAuthority::~HttpTimeStampAuthority() = default;

absl::StatusOr<std::string> HttpTimeStampAuthority::Ask(const std::string& request,
                                                        absl::Duration timeout) {
  HttpPost post({options_.url, options_.tls_ca_file, options_.connect_timeout, timeout}, request);
  const CURLcode outcome =
      post.handle() == nullptr ? CURLE_OUT_OF_MEMORY : waiter_->Run(post.handle(), cancelled_);
  if (cancelled_) {
    return Failure(v1::REASON_CANCELLED, "time-stamp authority " + host_ + " is asked no more");
  }
  auto answer = post.Answer(outcome);
  if (answer.ok()) return answer;
  return Failure(v1::REASON_PEER_UNAVAILABLE,
                 "time-stamp authority " + host_ + " " + std::string(answer.status().message()));
}

void HttpTimeStampAuthority::Cancel() {
  cancelled_ = true;
  waiter_->Wake();
}

}  // namespace tracegate

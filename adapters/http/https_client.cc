#include "adapters/http/https_client.h"

#include <algorithm>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// How long nothing may happen before it is looked again whether anybody waits.
constexpr absl::Duration kLook = absl::Milliseconds(50);

}  // namespace

HttpsClient::HttpsClient(TlsFiles tls, size_t answer_bytes_max)
    : tls_(std::move(tls)),
      answer_bytes_max_(answer_bytes_max),
      multi_(curl_multi_init()),
      easy_(curl_easy_init()) {}

absl::StatusOr<HttpAnswer> HttpsClient::Send(const std::string& asked, const HttpRequest& request,
                                             const CallWatch& watch) {
  const auto unavailable = [&](std::string_view problem) {
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE, asked + " " + std::string(problem));
  };
  if (multi_ == nullptr || easy_ == nullptr) return unavailable("cannot be asked: out of memory");
  Transfer transfer(easy_.get(), tls_, answer_bytes_max_, request);
  if (curl_multi_add_handle(multi_.get(), easy_.get()) != CURLM_OK) {
    return unavailable("cannot be asked: out of memory");
  }
  const absl::StatusOr<CURLcode> outcome = Carry(watch);
  // What was not carried to its end takes its connection with it.
  curl_multi_remove_handle(multi_.get(), easy_.get());
  if (!outcome.ok()) return outcome.status();
  absl::StatusOr<HttpAnswer> answer = transfer.Answer(*outcome);
  if (answer.ok()) return answer;
  const absl::string_view problem = answer.status().message();
  return unavailable({problem.data(), problem.size()});
}

absl::StatusOr<CURLcode> HttpsClient::Carry(const CallWatch& watch) {
  int running = 0;
  while (true) {
    if (absl::Status may_go_on = watch.Check(); !may_go_on.ok()) return may_go_on;
    if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) return CURLE_OUT_OF_MEMORY;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg == CURLMSG_DONE) return message->data.result;
    }
    const absl::Duration wait = std::clamp(watch.Remaining(), absl::Milliseconds(1), kLook);
    curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(absl::ToInt64Milliseconds(wait)),
                    nullptr);
  }
}

}  // namespace tracegate

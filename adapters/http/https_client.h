#ifndef TRACEGATE_ADAPTERS_HTTP_HTTPS_CLIENT_H_
#define TRACEGATE_ADAPTERS_HTTP_HTTPS_CLIENT_H_

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "adapters/http/http_message.h"
#include "adapters/http/transfer.h"

namespace tracegate {

// Asks over HTTPS, one request at a time, on connections that it keeps. TLS 1.2 or later, certificates always
// verified, no redirect followed, no proxy, nothing taken from the environment.
//
// Thread safety: none: one thread at a time.
//
// Errors: UNAVAILABLE (REGISTRY_UNAVAILABLE) where there is no whole answer within the bound of bytes; CANCELLED and
// DEADLINE_EXCEEDED as CallWatch, within 50 ms. None has an address, a secret or anything of an answer.
class HttpsClient {
 public:
  HttpsClient(TlsFiles tls, size_t answer_bytes_max);

  // `asked` is who, for messages: "registry 'sinarm'".
  absl::StatusOr<HttpAnswer> Send(const std::string& asked, const HttpRequest& request,
                                  const CallWatch& watch);

 private:
  // Until the transfer on `easy_` is done, or the watch says that it may not go on.
  absl::StatusOr<CURLcode> Carry(const CallWatch& watch);

  struct FreeEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  struct FreeMulti {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
  };
  const TlsFiles tls_;
  const size_t answer_bytes_max_;
  std::unique_ptr<CURLM, FreeMulti> multi_;  // has the connections
  std::unique_ptr<CURL, FreeEasy> easy_;     // the first to go
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_HTTPS_CLIENT_H_

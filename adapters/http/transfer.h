#ifndef TRACEGATE_ADAPTERS_HTTP_TRANSFER_H_
#define TRACEGATE_ADAPTERS_HTTP_TRANSFER_H_

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/http/http_message.h"

namespace tracegate {

// The files by which a server and this gateway know each other. PEM; read whenever a connection is made.
struct TlsFiles {
  std::string ca_file;
  std::string certificate_file;  // empty: none is shown
  std::string key_file;
};

// One request, set up on a libcurl handle that another carries out. Internal to this room.
//
// Lifetime: handle, files and request outlive it; it stays where it is while libcurl works.
class Transfer {
 public:
  Transfer(CURL* handle, const TlsFiles& tls, size_t answer_bytes_max, const HttpRequest& request);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // The answer, once libcurl is done with that outcome. Errors: UNAVAILABLE with a message that continues "the registry
  // ..."; nothing in it is the server's.
  absl::StatusOr<HttpAnswer> Answer(CURLcode outcome);

 private:
  static size_t TakeBody(char* bytes, size_t one, size_t size, void* self);
  static size_t TakeHeader(char* bytes, size_t one, size_t size, void* self);

  template <typename Value>
  void Set(CURLoption option, Value value);
  void SetTls(const TlsFiles& tls);
  void SetRequest(const HttpRequest& request);
  void SetSinks();
  void ReadHeaders();

  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  CURL* const handle_;
  const size_t answer_bytes_max_;
  std::unique_ptr<curl_slist, FreeList> headers_;
  CURLcode set_up_ = CURLE_OK;  // the first option that could not be set
  HttpAnswer answer_;
  size_t header_bytes_ = 0;
  bool too_large_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_TRANSFER_H_

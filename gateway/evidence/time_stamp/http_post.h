#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_HTTP_POST_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_HTTP_POST_H_

#include <curl/curl.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tracegate {

// One POST of a time-stamp request, set up for libcurl to carry out. Internal to this room.
//
// Lifetime: stays where it is while libcurl works on `handle`, and is not used twice.
class HttpPost {
 public:
  struct Target {
    std::string url;
    std::string tls_ca_file;  // empty: the system's
    absl::Duration connect_timeout;
    absl::Duration timeout;  // of it all
  };

  HttpPost(const Target& target, const std::string& body);
  HttpPost(const HttpPost&) = delete;
  HttpPost& operator=(const HttpPost&) = delete;

  CURL* handle() { return handle_.get(); }

  // The body of the answer, once libcurl is done with that outcome. Errors: UNAVAILABLE with a message
  // that continues "the authority ...".
  absl::StatusOr<std::string> Answer(CURLcode outcome);

 private:
  static size_t TakeBody(char* bytes, size_t one, size_t size, void* self);
  static size_t TakeHeader(char* bytes, size_t one, size_t size, void* self);

  template <typename Value>
  void Set(CURLoption option, Value value);
  void SetTarget(const Target& target);
  void SetBody(const std::string& body);
  void SetSinks();

  struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  std::unique_ptr<curl_slist, FreeList> headers_;  // outlives the handle
  std::unique_ptr<CURL, FreeHandle> handle_;
  char problem_[CURL_ERROR_SIZE] = "";
  CURLcode set_up_ = CURLE_OK;  // the first option that could not be set
  std::string answer_;
  size_t header_bytes_ = 0;
  bool too_large_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_HTTP_POST_H_

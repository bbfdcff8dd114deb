#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_HTTP_TIME_STAMP_AUTHORITY_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_HTTP_TIME_STAMP_AUTHORITY_H_

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/evidence/time_stamp/time_stamp_authority.h"

namespace tracegate {

// A time-stamp authority behind an HTTP or HTTPS address (RFC 3161, 3.4): one POST a request, on a
// connection of its own.
//
// It goes where the address says and nowhere else: no redirect is followed, no proxy or password
// taken from the environment. Plain HTTP is good enough: the token is signed, the request carries a
// nonce, and who listens learns one hash.
//
// Thread safety: as TimeStampAuthority.
//
// Errors: as TimeStampAuthority. UNAVAILABLE covers whatever is not an answer of 200 with the content
// type application/timestamp-reply and at most kTimeStampBytesMax: no connection, TLS that does not
// verify, another status (a redirect is one), another type, more bytes, no end in time.
class HttpTimeStampAuthority : public TimeStampAuthority {
 public:
  struct Options {
    std::string url;  // http:// or https://, without user and password; no default
    // PEM file of the CAs that the HTTPS server's certificate must come from, read at each request;
    // empty: the system's. Has nothing to do with the CAs that vouch for tokens.
    std::string tls_ca_file = {};
    // Of the time that an Ask has, how much may pass until the connection stands, TLS included.
    absl::Duration connect_timeout = absl::Seconds(10);
  };

  // Errors: FAILED_PRECONDITION (CONFIG_INVALID) naming `time_stamp.url` or
  // `time_stamp.connect_timeout`. Nobody is asked yet.
  static absl::StatusOr<std::unique_ptr<HttpTimeStampAuthority>> Create(Options options);
  ~HttpTimeStampAuthority() override;

  absl::StatusOr<std::string> Ask(const std::string& request, absl::Duration timeout) override;
  void Cancel() override;

  // The host in the address, as errors name it.
  const std::string& host() const { return host_; }

 private:
  // libcurl's handle that waits, and that another thread may wake.
  class Waiter;

  HttpTimeStampAuthority(Options options, std::string host, std::unique_ptr<Waiter> waiter);

  const Options options_;
  const std::string host_;
  const std::unique_ptr<Waiter> waiter_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_HTTP_TIME_STAMP_AUTHORITY_H_

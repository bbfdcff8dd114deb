#ifndef TRACEGATE_GATEWAY_RPC_GATEWAY_CLIENT_H_
#define TRACEGATE_GATEWAY_RPC_GATEWAY_CLIENT_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tracegate {

// A client of one gateway, over mutual TLS: what the command line speaks through.
//
// Thread safety: all methods from any thread. Errors: as the gateway gave them, with their reason; UNAVAILABLE where it
// was not reached.
class GatewayClient {
 public:
  struct Options {
    std::string address;                // host:port
    std::string tls_name;               // name in its certificate; empty: the host
    std::string roots_pem;              // whom to trust as that gateway's CA
    std::string certificate_chain_pem;  // the caller's own
    std::string private_key_pem;
  };

  explicit GatewayClient(const Options& options);
  ~GatewayClient();

  // One call; the reply's bytes exactly as received. `receipt`, where not null, gets the serialised v1::Receipt that came
  // beside the reply; empty where none did.
  absl::StatusOr<std::string> CallRaw(const std::string& method, const std::string& request,
                                      absl::Duration timeout, std::string* receipt = nullptr);

  // Calls `reply` for each reply until it returns false or the stream ends.
  absl::Status StreamRaw(const std::string& method, const std::string& request,
                         absl::Duration timeout,
                         const std::function<bool(const std::string&)>& reply);

  // How many requests of an exchange are sent without a reply.
  static constexpr int kAheadMax = 128;

  // Sends what `next` gives until it gives nothing, on a thread of its own, as fast as the gateway answers; and calls `reply`
  // for each reply, until it returns false or the stream ends.
  absl::Status ExchangeRaw(const std::string& method, absl::Duration timeout,
                           const std::function<std::optional<std::string>()>& next,
                           const std::function<bool(const std::string&)>& reply);

  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(const std::string& method, const Request& request,
                                absl::Duration timeout) {
    auto bytes = CallRaw(method, request.SerializeAsString(), timeout);
    if (!bytes.ok()) return bytes.status();
    Response response;
    if (response.ParseFromString(*bytes)) return response;
    return absl::InternalError("the gateway's reply cannot be read");
  }

  // Whether a connection stands at this moment.
  bool connected() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_GATEWAY_CLIENT_H_

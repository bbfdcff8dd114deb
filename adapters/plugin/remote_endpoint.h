#ifndef TRACEGATE_ADAPTERS_PLUGIN_REMOTE_ENDPOINT_H_
#define TRACEGATE_ADAPTERS_PLUGIN_REMOTE_ENDPOINT_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/plugin/adapter_endpoint.h"

namespace tracegate {

// What this gateway shows an adapter that runs elsewhere, PEM.
struct OwnCertificate {
  std::string chain;
  std::string private_key;

  bool operator==(const OwnCertificate&) const = default;
};

// An adapter that runs by itself, reached over mutual TLS: it is believed by a CA of its own and the name that was called.
// Where this gateway's certificate changes, a new connection is made.
//
// Thread safety, errors: as AdapterEndpoint.
class RemoteEndpoint : public AdapterEndpoint {
 public:
  struct Options {
    std::string address;                          // host:port
    std::string tls_name;                         // name in its certificate; empty: the host
    std::string roots;                            // PEM
    std::function<OwnCertificate()> certificate;  // this gateway's at this moment; any thread
  };

  explicit RemoteEndpoint(Options options) : options_(std::move(options)) {}

  absl::StatusOr<std::shared_ptr<grpc::Channel>> Open(const std::stop_token& stop) override;
  absl::Status Watch(const std::stop_token& stop, absl::Duration wait) override;
  void Close() override {}

 private:
  const Options options_;
  OwnCertificate shown_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_REMOTE_ENDPOINT_H_

#ifndef TRACEGATE_ADAPTERS_PLUGIN_ADAPTER_ENDPOINT_H_
#define TRACEGATE_ADAPTERS_PLUGIN_ADAPTER_ENDPOINT_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <stop_token>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tracegate {

// Where an adapter that is not of this house is reached: opened again whenever it is gone.
//
// Thread safety: one thread, the same for as long as it lives.
//
// Errors: for whoever keeps the adapter to read; they are not told to those who ask the registry.
class AdapterEndpoint {
 public:
  virtual ~AdapterEndpoint() = default;

  // Starts it, or begins a new connection. Blocks, until `stop` at the longest.
  virtual absl::StatusOr<std::shared_ptr<grpc::Channel>> Open(const std::stop_token& stop) = 0;

  // Waits until what was opened is gone, for `wait` at the longest, or until `stop`; why it is gone, OK while it is there.
  virtual absl::Status Watch(const std::stop_token& stop, absl::Duration wait) = 0;

  // Ends what was opened, if anything was.
  virtual void Close() = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_ADAPTER_ENDPOINT_H_

#ifndef TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_SUPERVISOR_H_
#define TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_SUPERVISOR_H_

#include <grpcpp/generic/generic_stub.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/plugin/adapter_endpoint.h"
#include "adapters/unary_calls.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// An adapter's process that answers.
struct AdapterLine {
  std::shared_ptr<grpc::GenericStub> stub;
  adapter::v1::DescribeResponse description;  // its own, checked
};

// Keeps an adapter's process there: opens it, has it describe itself before anything else is asked, looks now and then
// whether it still answers, and opens it anew when it is gone, after a pause that doubles up to a bound.
//
// Thread safety: all methods from any thread. Lifetime: destroying it ends the process.
class PluginSupervisor {
 public:
  struct Options {
    std::string name = {};   // the registry's, for messages
    std::string state = {};  // that it must cover
    std::unique_ptr<AdapterEndpoint> endpoint = nullptr;
    std::function<void(const std::string& trouble)> tell = {};  // not empty; from any thread
    absl::Duration describe_time = absl::Seconds(10);
    absl::Duration look_period = absl::Seconds(30);
    absl::Duration pause_first = absl::Milliseconds(500);
    absl::Duration pause_max = absl::Seconds(30);
    absl::Duration well_after = absl::Minutes(1);  // after which the pause is the first again
  };

  explicit PluginSupervisor(Options options);
  ~PluginSupervisor();

  // The process that can be asked now. Begins to keep it with the first question. Errors: REGISTRY_UNAVAILABLE.
  absl::StatusOr<std::shared_ptr<const AdapterLine>> Line();

 private:
  using LineOr = absl::StatusOr<std::shared_ptr<const AdapterLine>>;

  void Keep(const std::stop_token& stop);
  // Until it is gone, and why.
  absl::Status OpenAndWatch(const std::stop_token& stop);
  LineOr Open(const std::stop_token& stop);
  absl::Status Watch(const std::stop_token& stop, const AdapterLine& line);
  absl::StatusOr<adapter::v1::DescribeResponse> Describe(
      const std::stop_token& stop, const std::shared_ptr<grpc::GenericStub>& stub);
  void Publish(LineOr line);

  const Options options_;
  UnaryCalls calls_{1};
  std::once_flag begun_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  LineOr line_;           // guarded by mutex_
  std::jthread keeping_;  // the first to go
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_SUPERVISOR_H_

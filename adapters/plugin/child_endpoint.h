#ifndef TRACEGATE_ADAPTERS_PLUGIN_CHILD_ENDPOINT_H_
#define TRACEGATE_ADAPTERS_PLUGIN_CHILD_ENDPOINT_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "adapters/plugin/adapter_endpoint.h"
#include "adapters/plugin/child_process.h"
#include "adapters/plugin/child_voice.h"
#include "adapters/plugin/private_folder.h"

namespace tracegate {

// An adapter as a child process that listens on a Unix socket in a folder which this user alone may enter, as
// docs/reference/adapter_protocol.md has it.
//
// Thread safety, errors: as AdapterEndpoint. Lifetime: destroying it ends the process.
class ChildEndpoint : public AdapterEndpoint {
 public:
  struct Options {
    ChildProcess::Command command;  // the socket and the version are added to its environment
    std::function<void(const std::string& line)>
        tell;  // what it says; not empty; from another thread
    absl::Duration greeting_time = absl::Seconds(10);
    absl::Duration end_grace = absl::Seconds(5);
  };

  explicit ChildEndpoint(Options options) : options_(std::move(options)) {}
  ~ChildEndpoint() override { Close(); }

  absl::StatusOr<std::shared_ptr<grpc::Channel>> Open(const std::stop_token& stop) override;
  absl::Status Watch(const std::stop_token& stop, absl::Duration wait) override;
  void Close() override;

 private:
  absl::StatusOr<std::string> NewSocket();
  // OK once it says that it listens.
  absl::Status AwaitGreeting(const std::stop_token& stop);

  const Options options_;
  std::optional<PrivateFolder> folder_;
  int starts_ = 0;
  std::unique_ptr<ChildProcess> child_;
  std::unique_ptr<ChildVoice> voice_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_CHILD_ENDPOINT_H_

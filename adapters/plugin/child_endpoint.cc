#include "adapters/plugin/child_endpoint.h"

#include <sys/un.h>

#include <utility>

#include "absl/time/clock.h"
#include "adapters/plugin/adapter_channel.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kVersion[] = "1";
constexpr std::string_view kGreeting = "tracegate-adapter ";

absl::Status Unavailable(const std::string& what) {
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE, what);
}

absl::Status CheckGreeting(const std::string& line) {
  if (!line.starts_with(kGreeting)) {
    return Unavailable("its first line was '" + line + "'; expected '" + std::string(kGreeting) +
                       kVersion + "'");
  }
  const std::string version = line.substr(kGreeting.size());
  if (version == kVersion) return absl::OkStatus();
  return Unavailable("it speaks version " + version + " of the contract; expected " + kVersion);
}

}  // namespace

absl::StatusOr<std::string> ChildEndpoint::NewSocket() {
  if (!folder_) folder_ = PrivateFolder::Make();
  if (!folder_) return Unavailable("no private folder can be made among the temporary files");
  // A name of its own each time: nobody takes an old process for the new one.
  std::string socket = folder_->path() + "/" + std::to_string(++starts_) + ".sock";
  if (socket.size() < sizeof(sockaddr_un::sun_path)) return socket;
  return Unavailable("the path of the folder of temporary files is too long for a socket in it");
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> ChildEndpoint::Open(const std::stop_token& stop) {
  const auto socket = NewSocket();
  if (!socket.ok()) return socket.status();
  ChildProcess::Command command = options_.command;
  command.environment.push_back("TRACEGATE_ADAPTER_SOCKET=" + *socket);
  command.environment.push_back(std::string("TRACEGATE_ADAPTER_VERSION=") + kVersion);
  auto child = ChildProcess::Start(command);
  if (!child.ok()) return child.status();
  child_ = *std::move(child);
  voice_ = std::make_unique<ChildVoice>(child_->output(), child_->errors(), options_.tell);
  if (auto status = AwaitGreeting(stop); !status.ok()) return status;
  return grpc::CreateCustomChannel("unix:" + *socket, grpc::InsecureChannelCredentials(),
                                   AdapterChannelArguments());
}

absl::Status ChildEndpoint::AwaitGreeting(const std::stop_token& stop) {
  const auto line = voice_->Greeting(stop, absl::Now() + options_.greeting_time);
  if (line) return CheckGreeting(*line);
  // What has closed its standard output has ended, or is about to.
  if (child_->AwaitEnd(stop, absl::ZeroDuration())) {
    return Unavailable("it " + child_->End(absl::ZeroDuration()) +
                       " before it said that it listens");
  }
  return Unavailable("it did not say that it listens; expected the line '" +
                     std::string(kGreeting) + kVersion + "' on its standard output");
}

absl::Status ChildEndpoint::Watch(const std::stop_token& stop, absl::Duration wait) {
  if (!child_->AwaitEnd(stop, wait)) return absl::OkStatus();
  return Unavailable("it " + child_->End(absl::ZeroDuration()));
}

void ChildEndpoint::Close() {
  if (child_ != nullptr) child_->End(options_.end_grace);
  voice_.reset();
  child_.reset();
}

}  // namespace tracegate

#include "adapters/plugin/plugin_supervisor.h"

#include <algorithm>
#include <future>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/answer_check.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kDescribe[] = "/tracegate.adapter.v1.RegistryAdapter/Describe";
constexpr absl::Duration kHint = absl::Seconds(1);
constexpr int kSilentMax = 2;  // looks without an answer

absl::Status Unavailable(const std::string& name, std::string_view what) {
  return RetryableFailure(v1::REASON_REGISTRY_UNAVAILABLE,
                          "registry '" + name + "': its adapter " + std::string(what), kHint);
}

}  // namespace

PluginSupervisor::PluginSupervisor(Options options)
    : options_(std::move(options)), line_(Unavailable(options_.name, "is being started")) {}

PluginSupervisor::~PluginSupervisor() = default;

PluginSupervisor::LineOr PluginSupervisor::Line() {
  std::call_once(begun_, [this] {
    keeping_ = std::jthread([this](const std::stop_token& stop) { Keep(stop); });
  });
  const std::lock_guard lock(mutex_);
  return line_;
}

void PluginSupervisor::Publish(LineOr line) {
  const std::lock_guard lock(mutex_);
  std::swap(line_, line);
}

void PluginSupervisor::Keep(const std::stop_token& stop) {
  absl::Duration pause = options_.pause_first;
  while (!stop.stop_requested()) {
    const absl::Time began = absl::Now();
    const absl::Status gone = OpenAndWatch(stop);
    Publish(Unavailable(options_.name, "does not run"));
    options_.endpoint->Close();
    if (stop.stop_requested()) return;
    if (absl::Now() - began >= options_.well_after) pause = options_.pause_first;
    options_.tell("the adapter is gone: " + std::string(gone.message()) + "; again in " +
                  absl::FormatDuration(pause));
    std::unique_lock lock(mutex_);
    stopped_.wait_for(lock, stop, absl::ToChronoMilliseconds(pause), [] { return false; });
    pause = std::min(pause * 2, options_.pause_max);
  }
}

absl::Status PluginSupervisor::OpenAndWatch(const std::stop_token& stop) {
  const auto line = Open(stop);
  if (!line.ok()) return line.status();
  Publish(*line);
  return Watch(stop, **line);
}

PluginSupervisor::LineOr PluginSupervisor::Open(const std::stop_token& stop) {
  auto channel = options_.endpoint->Open(stop);
  if (!channel.ok()) return channel.status();
  auto line = std::make_shared<AdapterLine>();
  line->stub = std::make_shared<grpc::GenericStub>(*std::move(channel));
  auto description = Describe(stop, line->stub);
  if (!description.ok()) return description.status();
  line->description = *std::move(description);
  return line;
}

absl::StatusOr<adapter::v1::DescribeResponse> PluginSupervisor::Describe(
    const std::stop_token& stop, const std::shared_ptr<grpc::GenericStub>& stub) {
  std::promise<absl::StatusOr<std::string>> answered;
  calls_.Call({absl::Now() + options_.describe_time, stop}, stub, kDescribe, "",
              [&](auto reply) { answered.set_value(std::move(reply)); });
  const auto reply = answered.get_future().get();
  if (!reply.ok()) return reply.status();
  adapter::v1::DescribeResponse description;
  absl::Status sound = ParseChecked(*reply, &description);
  if (sound.ok()) sound = CheckDescription(options_.state, description);
  if (sound.ok()) return description;
  return Failure(v1::REASON_REGISTRY_MISMATCH,
                 "what it says of itself is wrong: " + std::string(sound.message()));
}

absl::Status PluginSupervisor::Watch(const std::stop_token& stop, const AdapterLine& line) {
  for (int silent = 0; silent < kSilentMax;) {
    const absl::Status there = options_.endpoint->Watch(stop, options_.look_period);
    if (!there.ok() || stop.stop_requested()) return there;
    silent = Describe(stop, line.stub).ok() ? 0 : silent + 1;
  }
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE, "it does not answer any more");
}

}  // namespace tracegate

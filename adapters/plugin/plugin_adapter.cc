#include "adapters/plugin/plugin_adapter.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/answer_check.h"
#include "adapters/call_watch.h"
#include "adapters/find_request.h"
#include "adapters/plugin/line_splitter.h"
#include "adapters/plugin/plugin_failure.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kFind[] = "/tracegate.adapter.v1.RegistryAdapter/Find";
constexpr char kGetRecord[] = "/tracegate.adapter.v1.RegistryAdapter/GetRecord";
constexpr char kHealth[] = "/tracegate.adapter.v1.RegistryAdapter/Health";

PluginSupervisor::Options Named(PluginSupervisor::Options process,
                                const PluginAdapter::Options& options) {
  process.name = options.name;
  process.state = options.state;
  return process;
}

// Worth a line to who keeps the adapter: no answer, and nothing that is in order.
bool IsTrouble(const absl::Status& failure) {
  return !absl::IsNotFound(failure) && !absl::IsCancelled(failure) &&
         !absl::IsDeadlineExceeded(failure) && !absl::IsResourceExhausted(failure);
}

}  // namespace

PluginAdapter::PluginAdapter(Options options, PluginSupervisor::Options process)
    : options_(std::move(options)),
      tell_(process.tell),
      supervisor_(Named(std::move(process), options_)),
      calls_(options_.concurrency) {}

adapter::v1::DescribeResponse PluginAdapter::Describe() const {
  const auto line = supervisor_.Line();
  adapter::v1::DescribeResponse description =
      line.ok() ? (*line)->description : DescribeSearchBySerial(options_.name, options_.state, 0);
  description.set_name(options_.name);
  if (!line.ok()) description.set_partial_serials(false);
  return description;
}

void PluginAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  if (absl::Status sound = CheckFindRequest(request); !sound.ok()) return done(sound);
  const std::string bytes = request.SerializeAsString();
  Ask(std::move(call), kFind, bytes,
      [this, request = std::move(request), done = std::move(done)](const auto& reply) {
        if (!reply.ok()) return done(reply.status());
        adapter::v1::FindResponse answer;
        absl::Status sound = ParseChecked(*reply, &answer);
        if (sound.ok()) sound = CheckFindAnswer(request, answer);
        if (!sound.ok()) return done(Mismatch(sound));
        done(std::move(answer));
      });
}

void PluginAdapter::GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                              RecordDone done) {
  if (absl::Status sound = CheckGetRecordRequest(request); !sound.ok()) return done(sound);
  const std::string bytes = request.SerializeAsString();
  Ask(std::move(call), kGetRecord, bytes,
      [this, request = std::move(request), done = std::move(done)](const auto& reply) {
        if (!reply.ok()) return done(reply.status());
        adapter::v1::GetRecordResponse answer;
        absl::Status sound = ParseChecked(*reply, &answer);
        if (sound.ok()) sound = CheckRecordAnswer(request, answer);
        if (!sound.ok()) return done(Mismatch(sound));
        done(std::move(answer));
      });
}

void PluginAdapter::Health(RegistryCall call, HealthDone done) {
  Ask(std::move(call), kHealth, "",
      [done = std::move(done)](const auto& reply) { done(reply.status()); });
}

void PluginAdapter::Ask(RegistryCall call, const char* method, const std::string& request,
                        UnaryCalls::Done done) {
  call.deadline = std::min(call.deadline, absl::Now() + options_.timeout);
  const CallWatch watch(options_.name, call.deadline, call.cancelled, &closing_);
  if (absl::Status over = watch.Check(); !over.ok()) return done(over);
  const auto line = supervisor_.Line();
  if (!line.ok()) return done(line.status());
  calls_.Call(call, (*line)->stub, method, request, [this, done = std::move(done)](auto reply) {
    done(reply.ok() ? std::move(reply) : FailureOf(reply.status()));
  });
}

absl::Status PluginAdapter::FailureOf(const absl::Status& status) const {
  absl::Status failure = ReadPluginFailure(status, options_.name);
  if (IsTrouble(failure)) {
    tell_("a call failed with " + absl::StatusCodeToString(status.code()) + ": " +
          std::string(status.message().substr(0, LineSplitter::kLineBytesMax)));
  }
  return failure;
}

absl::Status PluginAdapter::Mismatch(const absl::Status& status) const {
  tell_("an answer cannot be used: " + std::string(status.message()));
  return Failure(v1::REASON_REGISTRY_MISMATCH,
                 "registry '" + options_.name +
                     "': its adapter's answer cannot be used: " + std::string(status.message()));
}

}  // namespace tracegate

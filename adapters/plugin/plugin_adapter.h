#ifndef TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_ADAPTER_H_
#define TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_ADAPTER_H_

#include <atomic>
#include <functional>
#include <string>

#include "absl/time/time.h"
#include "adapters/plugin/plugin_supervisor.h"
#include "adapters/registry_adapter.h"
#include "adapters/unary_calls.h"

namespace tracegate {

// A registry behind an adapter that is not of this house: a process that serves tracegate.adapter.v1.RegistryAdapter, in
// whatever language. What it answers is checked before anything is done with it.
//
// Thread safety, lifetime: as RegistryAdapter. Errors: as RegistryAdapter. UNAVAILABLE while its process is not there; what
// it answers against the contract is REGISTRY_MISMATCH, and so is one larger than 4 MiB. Past `concurrency` calls nothing
// waits: RESOURCE_EXHAUSTED with a hint. Nothing of its own words reaches the caller: they are told to who keeps it.
class PluginAdapter : public RegistryAdapter {
 public:
  struct Options {
    std::string name;
    std::string state;  // ISO 3166-1 alpha-2, whose records it holds
    int concurrency = 16;
    absl::Duration timeout = absl::Seconds(10);  // of one call
  };

  // `process`: how it is kept; its name and state are those of `options`. Starts nothing before the first question.
  PluginAdapter(Options options, PluginSupervisor::Options process);
  ~PluginAdapter() override { closing_ = true; }

  // Once its process has described itself, what that says; before, that it is searched by whole serial numbers.
  adapter::v1::DescribeResponse Describe() const override;
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;

 private:
  // Gives `done` the bytes of the answer, or a failure in this gateway's words.
  void Ask(RegistryCall call, const char* method, const std::string& request,
           UnaryCalls::Done done);
  // That of a call, in this gateway's words; its own are told to who keeps the adapter.
  absl::Status FailureOf(const absl::Status& status) const;
  // The same of an answer that is not as the contract has it.
  absl::Status Mismatch(const absl::Status& status) const;

  const Options options_;
  const std::function<void(const std::string&)> tell_;
  std::atomic<bool> closing_ = false;
  mutable PluginSupervisor supervisor_;
  UnaryCalls calls_;  // the first to go
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_ADAPTER_H_

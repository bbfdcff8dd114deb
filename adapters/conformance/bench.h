#ifndef TRACEGATE_ADAPTERS_CONFORMANCE_BENCH_H_
#define TRACEGATE_ADAPTERS_CONFORMANCE_BENCH_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/conformance/asked_calls.h"
#include "adapters/conformance/verdict.h"
#include "adapters/registry_adapter.h"
#include "tracegate/v1/registry_record.pb.h"

namespace tracegate {

// One adapter under trial, whose every call is counted: how each case asks it.
//
// Thread safety: one thread. Lifetime: destroying it destroys the adapter.
class Bench {
 public:
  struct Options {
    // A record that the registry has, with what is known of it; its number and its serial are needed.
    std::optional<v1::RegistryRecord> known = std::nullopt;
    // How long an answer may take beyond its deadline before it counts as lost.
    absl::Duration patience = absl::Seconds(30);
    // How long the registry may need until it can be asked.
    absl::Duration ready_patience = absl::Minutes(1);
  };

  using Found = absl::StatusOr<adapter::v1::FindResponse>;
  using Shown = absl::StatusOr<adapter::v1::GetRecordResponse>;

  Bench(std::unique_ptr<RegistryAdapter> adapter, Options options);

  const std::optional<v1::RegistryRecord>& known() const { return options_.known; }
  adapter::v1::DescribeResponse Describe() const { return adapter_->Describe(); }

  // Each waits for the answer. INTERNAL where none comes: no adapter of the contract gives that for a call of these.
  Found Find(const adapter::v1::FindRequest& request, RegistryCall call = {});
  Shown GetRecord(const std::string& number, RegistryCall call = {});
  absl::Status Health();
  // The same, for as long as the registry is only not available yet.
  absl::Status AwaitHealth();

  // Asks without waiting.
  std::shared_ptr<AskedCalls::Asked<Found>> Begin(const adapter::v1::FindRequest& request,
                                                  RegistryCall call = {});
  Found Await(const std::shared_ptr<AskedCalls::Asked<Found>>& asked) const;

  // Finds the known weapon as it is known, and is healthy; else why not. What a case does must not change that.
  Verdict StillFindsTheKnownWeapon();

  // Destroys the adapter; whether every call there ever was has been answered once.
  Verdict Destroy();

  // Questions with a hop_id of their own each.
  adapter::v1::FindRequest Spelled(const std::vector<std::string>& spellings) const;
  adapter::v1::FindRequest Patterned(const std::string& pattern) const;
  // For the known weapon, by its serial.
  adapter::v1::FindRequest ForKnown() const;

 private:
  const Options options_;
  AskedCalls calls_;
  mutable int hops_ = 0;
  std::unique_ptr<RegistryAdapter> adapter_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CONFORMANCE_BENCH_H_

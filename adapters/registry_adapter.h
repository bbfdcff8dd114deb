#ifndef TRACEGATE_ADAPTERS_REGISTRY_ADAPTER_H_
#define TRACEGATE_ADAPTERS_REGISTRY_ADAPTER_H_

#include <functional>
#include <stop_token>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// What every call to a registry is bound by.
struct RegistryCall {
  absl::Time deadline = absl::InfiniteFuture();
  // Asked to stop when nobody waits for the answer any more.
  std::stop_token cancelled;
};

// One registry, asked in canonical words and answering in them, whatever it speaks itself.
//
// Thread safety: all methods may be called from any thread at once. No method blocks.
//
// Lifetime: the adapter outlives its calls: destroying it cancels what is in flight and waits until
// every callback has returned.
//
// Errors: a callback runs exactly once, on a thread of the adapter's or the caller's. UNAVAILABLE
// (REGISTRY_UNAVAILABLE, REGISTRY_BUSY, PEER_UNAVAILABLE), DEADLINE_EXCEEDED and RESOURCE_EXHAUSTED may be
// tried again with the same hop_id; CANCELLED means nobody waits; any other error is final. Finding nothing is
// an answer, not an error.
class RegistryAdapter {
 public:
  using FindDone = std::function<void(absl::StatusOr<adapter::v1::FindResponse>)>;
  using RecordDone = std::function<void(absl::StatusOr<adapter::v1::GetRecordResponse>)>;
  using HealthDone = std::function<void(absl::Status)>;

  virtual ~RegistryAdapter() = default;

  // What the registry covers; constant once the registry has answered (Health).
  virtual adapter::v1::DescribeResponse Describe() const = 0;

  // Records that may be the weapon, at most `candidates_max`, or an authority's own answer.
  virtual void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) = 0;

  // One record whole; NOT_FOUND where the registry has none of that number.
  virtual void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                         RecordDone done) = 0;

  // OK where the registry can be asked now.
  virtual void Health(RegistryCall call, HealthDone done) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_REGISTRY_ADAPTER_H_

#ifndef TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "adapters/peer/peer_address.h"
#include "adapters/peer/peer_trust.h"
#include "adapters/registry_adapter.h"

namespace tracegate {

// Another State's gateway, asked over mutual TLS by CreateTrace. Its answer is taken as it is: it compared for itself
// and told what its agreement allows. Only that State's own gateway is believed (peer_channel.h). Where credentials or
// trust change, the next call takes a new connection; calls in flight end on the one they began on.
//
// Thread safety, lifetime, errors: as RegistryAdapter. PEER_UNAVAILABLE where it is not reached; PEER_REFUSED where it
// answered with an error of its own; its PERMISSION_DENIED keeps its reason.
class PeerAdapter : public RegistryAdapter {
 public:
  struct Options {
    std::string name;
    PeerAddress peer;
    std::shared_ptr<const PeerTrust> trust;
    int calls_max = 64;  // in flight at once
  };

  explicit PeerAdapter(Options options);
  ~PeerAdapter() override;

  adapter::v1::DescribeResponse Describe() const override;
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  // A peer shows no records by number: UNIMPLEMENTED.
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;

 private:
  struct Connection;
  class CallsInFlight;

  void Call(const RegistryCall& bounds, const char* method, const std::string& request,
            std::function<void(absl::StatusOr<std::string>)> done);
  // With the credentials of this moment; null where there are none.
  std::shared_ptr<Connection> Connect();

  const Options options_;
  absl::Mutex mutex_;
  std::shared_ptr<Connection> connection_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<CallsInFlight> calls_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_ADAPTER_H_

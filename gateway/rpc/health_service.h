#ifndef TRACEGATE_GATEWAY_RPC_HEALTH_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_HEALTH_SERVICE_H_

#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/rpc/handler_table.h"

namespace tracegate {

// Serves grpc.health.v1.Health through the call chain: only identified callers learn whether the gateway serves.
//
// Thread safety: all methods from any thread. Lifetime: outlives the server.
class HealthService {
 public:
  void Serve(HandlerTable* table);

  // From now on NOT_SERVING; watchers are told and let go.
  void StopServing();

 private:
  absl::Mutex mutex_;
  bool serving_ ABSL_GUARDED_BY(mutex_) = true;
  std::vector<std::shared_ptr<ReplyStream>> watchers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_HEALTH_SERVICE_H_

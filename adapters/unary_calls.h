#ifndef TRACEGATE_ADAPTERS_UNARY_CALLS_H_
#define TRACEGATE_ADAPTERS_UNARY_CALLS_H_

#include <grpcpp/generic/generic_stub.h>

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "adapters/registry_adapter.h"

namespace tracegate {

// Calls over gRPC in flight, each within its bounds, on whatever connection: bytes out, bytes back.
//
// Thread safety: all methods from any thread. Lifetime: destroying it cancels what is in flight and waits until every
// callback has returned; a connection stays for as long as its calls.
//
// Errors: the other side's, with its reason where it gave one. CANCELLED only where somebody here asked for it: an other
// side that breaks off is UNAVAILABLE.
class UnaryCalls {
 public:
  using Done = std::function<void(absl::StatusOr<std::string>)>;

  // `calls_max`: in flight at once.
  explicit UnaryCalls(int calls_max) : calls_max_(calls_max) {}
  ~UnaryCalls();

  // Runs `done` once, on a thread of gRPC's, or here with OVERLOADED and a hint where so many are in flight. `method` is
  // a path: `/package.Service/Method`.
  void Call(const RegistryCall& bounds, const std::shared_ptr<grpc::GenericStub>& stub,
            const char* method, const std::string& request, Done done);

 private:
  bool Enter();
  void Answered();
  void Returned();

  const int calls_max_;
  std::stop_source ending_;
  absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;      // that the other side has not answered
  int callbacks_ ABSL_GUARDED_BY(mutex_) = 0;  // that have not returned
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_UNARY_CALLS_H_

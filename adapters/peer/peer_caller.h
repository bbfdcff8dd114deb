#ifndef TRACEGATE_ADAPTERS_PEER_PEER_CALLER_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_CALLER_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "adapters/peer/peer_address.h"
#include "adapters/peer/peer_trust.h"
#include "adapters/registry_adapter.h"
#include "adapters/unary_calls.h"

namespace tracegate {

// Calls to one other gateway, over mutual TLS. Only that State's own gateway is believed (peer_channel.h). Where
// credentials or trust change, the next call takes a new connection; calls in flight end on the one they began on.
//
// Thread safety: all methods from any thread. Lifetime: destroying it cancels what is in flight and waits until every
// callback has returned.
class PeerCaller {
 public:
  // Runs once: the reply's bytes, or the peer's failure with its reason; PEER_UNAVAILABLE or OVERLOADED where it was not
  // called.
  using Done = UnaryCalls::Done;

  // `calls_max`: in flight at once.
  PeerCaller(PeerAddress peer, std::shared_ptr<const PeerTrust> trust, int calls_max);
  ~PeerCaller();

  void Call(const RegistryCall& bounds, const char* method, const std::string& request, Done done);

 private:
  struct Connection;

  // With the credentials of this moment; null where there are none.
  std::shared_ptr<Connection> Connect();

  const PeerAddress peer_;
  const std::shared_ptr<const PeerTrust> trust_;
  absl::Mutex mutex_;
  std::shared_ptr<Connection> connection_ ABSL_GUARDED_BY(mutex_);
  UnaryCalls calls_;  // the first to go
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_CALLER_H_

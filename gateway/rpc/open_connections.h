#ifndef TRACEGATE_GATEWAY_RPC_OPEN_CONNECTIONS_H_
#define TRACEGATE_GATEWAY_RPC_OPEN_CONNECTIONS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "gateway/rpc/open_calls.h"

namespace tracegate {

// The connections to this gateway, each with the certificate that its calls came with, so that one whose caller is no
// longer believed is cut and not only refused call by call.
//
// It holds a descriptor of its own on each socket, beside gRPC's: shutting the socket down ends the connection for both.
//
// Thread safety: all methods from any thread. Its size is bounded by `connections_max`.
class OpenConnections {
 public:
  explicit OpenConnections(size_t connections_max) : connections_max_(connections_max) {}
  ~OpenConnections();
  OpenConnections(const OpenConnections&) = delete;
  OpenConnections& operator=(const OpenConnections&) = delete;

  // Takes over `descriptor`, a second one on the socket that gRPC serves. `peer` as gRPC names it to its calls
  // (`ipv4:192.0.2.1:40000`). False where there are too many: then it is closed, and counted.
  bool Add(int descriptor, std::string peer);

  // The connection has ended: closes the descriptor.
  void Remove(int descriptor);

  // A call came over that connection, with that certificate (PEM; empty where none was shown).
  void NoteCall(const std::string& peer, const std::string& leaf_pem, const std::string& chain_pem);

  // Cuts those whose caller was not believed at the last look either: in between, its calls were told why. Returns how
  // many. A connection without a call has shown nobody and stays.
  int Recheck(const OpenCalls::Believe& believe);

  // Addresses, without ports, of connections that ended without a single call since this was last asked, and how many
  // each: a failed handshake is one of them. A few are kept apart, the rest counted as `others`.
  std::map<std::string, int64_t> TakeCallless();

  // How many were closed at once because there were too many, since this was last asked.
  int64_t TakeTurnedAway();

  size_t size() const;

 private:
  struct Row {
    std::string peer;
    bool called = false;
    bool doubted = false;  // at the last look
    std::string leaf_pem;
    std::string chain_pem;
  };

  const size_t connections_max_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<int, Row> rows_ ABSL_GUARDED_BY(mutex_);  // by descriptor
  absl::flat_hash_map<std::string, int> by_peer_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, int64_t> callless_ ABSL_GUARDED_BY(mutex_);
  int64_t turned_away_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_OPEN_CONNECTIONS_H_

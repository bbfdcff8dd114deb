#ifndef TRACEGATE_GATEWAY_DAEMON_LOOKOUT_H_
#define TRACEGATE_GATEWAY_DAEMON_LOOKOUT_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "gateway/daemon/metrics.h"
#include "gateway/daemon/own_entries.h"
#include "gateway/policy/call_limits.h"
#include "gateway/rpc/call_chain.h"
#include "gateway/rpc/open_connections.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// What a gateway looks at about once a second, besides its files: who is no longer believed, which strangers knocked,
// what ends soon. Tells the operations log, and the evidence log what concerns strangers: one entry of a kind a look at
// most, however many there were, since whoever fails is nobody we know and must not fill the log.
//
// Thread safety: one thread at a time. Lifetime: everything pointed to outlives it.
class Lookout {
 public:
  struct Parts {
    const CallChain* chain = nullptr;
    OpenConnections* connections = nullptr;
    CallLimits* limits = nullptr;
    const OwnEntries* own = nullptr;
    Metrics* metrics = nullptr;  // null where no figures are served
  };

  explicit Lookout(Parts parts) : parts_(parts) {}

  void Look(const config::v1::Identity& identity);

  // Certificates or CRLs have changed: looks at them again at the next look, not only tomorrow.
  void LookAtCertificates() { expiries_due_ = absl::InfinitePast(); }

 private:
  void EndUnbelieved();
  void TellHandshakes();
  void TellUncounted();
  void TellExpiries(const config::v1::Identity& identity);

  const Parts parts_;
  absl::Time expiries_due_ = absl::InfinitePast();
  std::map<std::string, int64_t> handshake_failures_;  // since the last look
  std::map<std::string, int64_t> callless_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_LOOKOUT_H_

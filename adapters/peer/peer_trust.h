#ifndef TRACEGATE_ADAPTERS_PEER_PEER_TRUST_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_TRUST_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace tracegate {

// What a connection to one State's gateway is made with, PEM.
struct PeerCredentials {
  std::string certificate_chain;  // this gateway's own
  std::string private_key;
  std::string roots;  // that State's bundle alone
};

// Whom peers are believed to be, and what they are shown, at this moment: both change while the gateway runs.
//
// Thread safety: all methods from any thread.
class PeerTrust {
 public:
  virtual ~PeerTrust() = default;

  // The present credentials for that State; the same pointer for as long as a connection made with them may go on.
  // Null where no bundle of that State is configured.
  virtual std::shared_ptr<const PeerCredentials> Credentials(std::string_view state) const = 0;

  // OK where whoever shows this certificate is a gateway of that State now; else why not.
  virtual absl::Status CheckPeer(std::string_view state, std::string_view leaf_pem,
                                 std::string_view chain_pem) const = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_TRUST_H_

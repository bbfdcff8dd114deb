#ifndef TRACEGATE_GATEWAY_DAEMON_LIVE_TRUST_H_
#define TRACEGATE_GATEWAY_DAEMON_LIVE_TRUST_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "adapters/peer/peer_trust.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/identity/current.h"
#include "gateway/identity/trust_bundle.h"

namespace tracegate {

// Who is believed, and what this gateway shows its peers, at this moment; replaced as a whole by a reload.
//
// Thread safety: all methods from any thread.
class LiveTrust : public PeerTrust {
 public:
  // What it is made of, all read and found sound.
  struct Parts {
    std::vector<TrustBundleSource> sources;
    std::shared_ptr<const TrustBundles> bundles;  // the same, loaded
    std::string certificate_chain_pem;            // this gateway's own
    std::string private_key_pem;
  };

  LiveTrust(const Parts& parts, std::function<absl::Time()> clock);

  // From now on. Connections to peers are made anew with the next call.
  void Replace(const Parts& parts);

  // Judges callers.
  const Current<CallerVerifier>& verifier() const { return verifier_; }

  std::shared_ptr<const PeerCredentials> Credentials(std::string_view state) const override;
  absl::Status CheckPeer(std::string_view state, std::string_view leaf_pem,
                         std::string_view chain_pem) const override;

 private:
  using CredentialsByState =
      std::map<std::string, std::shared_ptr<const PeerCredentials>, std::less<>>;

  static std::shared_ptr<const CredentialsByState> CredentialsOf(const Parts& parts);

  const std::function<absl::Time()> clock_;
  Current<CallerVerifier> verifier_;
  Current<CredentialsByState> credentials_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_LIVE_TRUST_H_

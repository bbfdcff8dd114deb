#include "gateway/daemon/live_trust.h"

#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

std::shared_ptr<const CallerVerifier> VerifierOf(const LiveTrust::Parts& parts) {
  return std::make_shared<CallerVerifier>(parts.bundles, CallerVerifierOptions{});
}

}  // namespace

LiveTrust::LiveTrust(const Parts& parts, std::function<absl::Time()> clock)
    : clock_(std::move(clock)), verifier_(VerifierOf(parts)), credentials_(CredentialsOf(parts)) {}

void LiveTrust::Replace(const Parts& parts) {
  verifier_.Replace(VerifierOf(parts));
  credentials_.Replace(CredentialsOf(parts));
}

std::shared_ptr<const LiveTrust::CredentialsByState> LiveTrust::CredentialsOf(const Parts& parts) {
  auto credentials = std::make_shared<CredentialsByState>();
  for (const TrustBundleSource& source : parts.sources) {
    (*credentials)[source.state] = std::make_shared<PeerCredentials>(
        PeerCredentials{parts.certificate_chain_pem, parts.private_key_pem, source.pem});
  }
  return credentials;
}

std::shared_ptr<const PeerCredentials> LiveTrust::Credentials(std::string_view state) const {
  const auto credentials = credentials_.Now();
  const auto found = credentials->find(state);
  return found == credentials->end() ? nullptr : found->second;
}

absl::Status LiveTrust::CheckPeer(std::string_view state, std::string_view leaf_pem,
                                  std::string_view chain_pem) const {
  const auto peer = verifier_.Now()->Verify(leaf_pem, chain_pem, clock_());
  if (!peer.ok()) return peer.status();
  if (peer->state == state && peer->role == Role::kPeer) return absl::OkStatus();
  return Failure(v1::REASON_STATE_MISMATCH,
                 peer->spiffe_id + " is not a gateway of " + std::string(state));
}

}  // namespace tracegate

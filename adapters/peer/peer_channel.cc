#include "adapters/peer/peer_channel.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <functional>
#include <utility>
#include <vector>

namespace tracegate {
namespace {

namespace tls = grpc::experimental;

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// gRPC has built a path to the State's roots. Here: the name is the one that was called, and the holder is that
// State's gateway, not revoked.
class PeerVerifier : public tls::ExternalCertificateVerifier {
 public:
  PeerVerifier(std::string state, std::shared_ptr<const PeerTrust> trust)
      : state_(std::move(state)), trust_(std::move(trust)) {}

  bool Verify(tls::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)> callback, grpc::Status* status) override {
    if (!host_name_.Verify(request, std::move(callback), status)) return false;
    if (!status->ok()) return true;
    const absl::Status known = trust_->CheckPeer(state_, View(request->peer_cert()),
                                                 View(request->peer_cert_full_chain()));
    if (!known.ok()) {
      *status = grpc::Status(grpc::StatusCode::UNAUTHENTICATED, std::string(known.message()));
    }
    return true;
  }

  void Cancel(tls::TlsCustomVerificationCheckRequest*) override {}

 private:
  const std::string state_;
  const std::shared_ptr<const PeerTrust> trust_;
  tls::HostNameCertificateVerifier host_name_;
};

std::shared_ptr<grpc::ChannelCredentials> CredentialsFor(const std::string& state,
                                                         const PeerCredentials& credentials,
                                                         std::shared_ptr<const PeerTrust> trust) {
  tls::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(std::make_shared<tls::StaticDataCertificateProvider>(
      credentials.roots, std::vector<tls::IdentityKeyCertPair>{
                             {credentials.private_key, credentials.certificate_chain}}));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_certificate_verifier(
      tls::ExternalCertificateVerifier::Create<PeerVerifier>(state, std::move(trust)));
  return tls::TlsCredentials(options);
}

}  // namespace

std::shared_ptr<grpc::Channel> ConnectPeer(const PeerAddress& peer,
                                           const PeerCredentials& credentials,
                                           std::shared_ptr<const PeerTrust> trust) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);  // mutual TLS goes straight to the gateway
  // A channel of its own: one made with former credentials must not lend its connections.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  if (!peer.tls_name.empty()) arguments.SetSslTargetNameOverride(peer.tls_name);
  return grpc::CreateCustomChannel(
      peer.address, CredentialsFor(peer.state, credentials, std::move(trust)), arguments);
}

}  // namespace tracegate

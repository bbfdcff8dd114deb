#include "adapters/plugin/remote_endpoint.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <utility>
#include <vector>

#include "adapters/plugin/adapter_channel.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

namespace tls = grpc::experimental;

std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const OwnCertificate& own,
                                                        const std::string& roots) {
  tls::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(std::make_shared<tls::StaticDataCertificateProvider>(
      roots, std::vector<tls::IdentityKeyCertPair>{{own.private_key, own.chain}}));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_certificate_verifier(std::make_shared<tls::HostNameCertificateVerifier>());
  return tls::TlsCredentials(options);
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> RemoteEndpoint::Open(const std::stop_token&) {
  shown_ = options_.certificate();
  grpc::ChannelArguments arguments = AdapterChannelArguments();
  if (!options_.tls_name.empty()) arguments.SetSslTargetNameOverride(options_.tls_name);
  return grpc::CreateCustomChannel(options_.address, CredentialsOf(shown_, options_.roots),
                                   arguments);
}

absl::Status RemoteEndpoint::Watch(const std::stop_token& stop, absl::Duration wait) {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, stop, absl::ToChronoMilliseconds(wait), [] { return false; });
  if (options_.certificate() == shown_) return absl::OkStatus();
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE, "this gateway has a new certificate");
}

}  // namespace tracegate

#include "gateway/rpc/serving_certificate.h"

#include <grpc/grpc.h>

#include <utility>

namespace tracegate {
namespace {

// gRPC's C++ credentials cannot ask for a new certificate at each handshake; its C ones can. This hands the C ones to
// the C++ server.
class FetchingCredentials : public grpc::ServerCredentials {
 public:
  FetchingCredentials(grpc_ssl_server_certificate_config_callback fetch, void* state,
                      const grpc_auth_metadata_processor* processor)
      : credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_BUT_DONT_VERIFY, fetch, state))) {
    if (processor != nullptr) {
      grpc_server_credentials_set_auth_metadata_processor(credentials_, *processor);
    }
  }
  ~FetchingCredentials() override { grpc_server_credentials_release(credentials_); }

  // Never called: the processor is set above, in C.
  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  grpc_server_credentials* const credentials_;
};

}  // namespace

ServingCertificate::ServingCertificate(ServingPem pem) : pem_(std::move(pem)) {}

void ServingCertificate::Replace(ServingPem pem) {
  absl::MutexLock lock(&mutex_);
  pem_ = std::move(pem);
  fetched_ = false;
}

std::shared_ptr<grpc::ServerCredentials> ServingCertificate::Credentials(
    const grpc_auth_metadata_processor* processor) {
  return std::make_shared<FetchingCredentials>(&Fetch, this, processor);
}

grpc_ssl_certificate_config_reload_status ServingCertificate::Fetch(
    void* self, grpc_ssl_server_certificate_config** config) {
  auto& certificate = *static_cast<ServingCertificate*>(self);
  absl::MutexLock lock(&certificate.mutex_);
  if (std::exchange(certificate.fetched_, true)) {
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
  }
  const grpc_ssl_pem_key_cert_pair pair{certificate.pem_.private_key.c_str(),
                                        certificate.pem_.certificate_chain.c_str()};
  *config =
      grpc_ssl_server_certificate_config_create(certificate.pem_.caller_roots.c_str(), &pair, 1);
  return *config == nullptr ? GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_FAIL
                            : GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
}

}  // namespace tracegate

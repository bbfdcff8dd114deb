#ifndef TRACEGATE_GATEWAY_RPC_SERVING_CERTIFICATE_H_
#define TRACEGATE_GATEWAY_RPC_SERVING_CERTIFICATE_H_

#include <grpc/grpc_security.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace tracegate {

// What a listener shows, PEM: a certificate chain and its private key, found to belong together (identity/key_pair.h);
// and the CAs whose names callers are told, so that they know which of their certificates to send. They judge nobody.
struct ServingPem {
  std::string certificate_chain;
  std::string private_key;
  std::string caller_roots;  // at least one certificate
};

// The certificate that a listener shows. It may be replaced while the listener serves: gRPC asks at each handshake, so
// the next connection gets the new one and those that are open go on. Key and chain change together.
//
// Thread safety: all methods from any thread. Lifetime: outlives the server that serves with it.
class ServingCertificate {
 public:
  explicit ServingCertificate(ServingPem pem);

  void Replace(ServingPem pem);

  // Credentials for a listener: TLS asks callers for a certificate and does not judge it (the call chain does).
  // `processor`, where set, sees each call's metadata before the call is served.
  std::shared_ptr<grpc::ServerCredentials> Credentials(
      const grpc_auth_metadata_processor* processor);

 private:
  static grpc_ssl_certificate_config_reload_status Fetch(
      void* self, grpc_ssl_server_certificate_config** config);

  absl::Mutex mutex_;
  ServingPem pem_ ABSL_GUARDED_BY(mutex_);
  bool fetched_ ABSL_GUARDED_BY(mutex_) = false;  // gRPC has it as it is now
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_SERVING_CERTIFICATE_H_

#include "adapters/peer/peer_caller.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <utility>

#include "adapters/peer/peer_channel.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

// A connection and what it was made with.
struct PeerCaller::Connection {
  Connection(std::shared_ptr<const PeerCredentials> made_with,
             std::shared_ptr<grpc::Channel> channel)
      : credentials(std::move(made_with)), stub(std::move(channel)) {}

  const std::shared_ptr<const PeerCredentials> credentials;
  grpc::GenericStub stub;
};

PeerCaller::PeerCaller(PeerAddress peer, std::shared_ptr<const PeerTrust> trust, int calls_max)
    : peer_(std::move(peer)), trust_(std::move(trust)), calls_(calls_max) {}

PeerCaller::~PeerCaller() = default;

std::shared_ptr<PeerCaller::Connection> PeerCaller::Connect() {
  auto credentials = trust_->Credentials(peer_.state);
  if (credentials == nullptr) return nullptr;
  absl::MutexLock lock(&mutex_);
  if (connection_ == nullptr || connection_->credentials != credentials) {
    auto channel = ConnectPeer(peer_, *credentials, trust_);
    connection_ = std::make_shared<Connection>(std::move(credentials), std::move(channel));
  }
  return connection_;
}

void PeerCaller::Call(const RegistryCall& bounds, const char* method, const std::string& request,
                      Done done) {
  auto connection = Connect();
  if (connection == nullptr) {
    return done(Failure(v1::REASON_PEER_UNAVAILABLE,
                        "no bundle of " + peer_.state + " is configured any more"));
  }
  calls_.Call(bounds, {connection, &connection->stub}, method, request, std::move(done));
}

}  // namespace tracegate

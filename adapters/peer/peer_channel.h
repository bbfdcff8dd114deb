#ifndef TRACEGATE_ADAPTERS_PEER_PEER_CHANNEL_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_CHANNEL_H_

#include <grpcpp/grpcpp.h>

#include <memory>

#include "adapters/peer/peer_address.h"
#include "adapters/peer/peer_trust.h"

namespace tracegate {

// A connection to that gateway, made as needed, over mutual TLS. At each handshake the gateway must show a certificate
// of its own State's CA for that name, and `trust` must believe that it is that State's gateway: before anything is
// sent.
std::shared_ptr<grpc::Channel> ConnectPeer(const PeerAddress& peer,
                                           const PeerCredentials& credentials,
                                           std::shared_ptr<const PeerTrust> trust);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_CHANNEL_H_

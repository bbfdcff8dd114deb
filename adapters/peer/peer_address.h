#ifndef TRACEGATE_ADAPTERS_PEER_PEER_ADDRESS_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_ADDRESS_H_

#include <string>

namespace tracegate {

// Where another State's gateway is.
struct PeerAddress {
  std::string state;
  std::string address;   // host:port
  std::string tls_name;  // name in its certificate; empty: the host
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_ADDRESS_H_

#ifndef TRACEGATE_GATEWAY_RPC_HANDSHAKE_FAILURES_H_
#define TRACEGATE_GATEWAY_RPC_HANDSHAKE_FAILURES_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tracegate {

// TLS handshakes that failed in this process, by the library's reason and how often: gRPC closes such a connection
// without telling the server, and only its log says so. A few reasons are kept apart, the rest counted together, so that
// a flood costs no memory.
//
// Thread safety: all functions from any thread.

// From now on gRPC's log goes to the operations log, and what it says of handshakes is counted. May be called again.
void FollowHandshakes();

// What failed since the last call, and forgets it.
std::map<std::string, int64_t> TakeHandshakeFailures();

// The reason in one line of gRPC's log; empty where the line is about something else. For FollowHandshakes and tests.
std::string HandshakeFailureIn(std::string_view line);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_HANDSHAKE_FAILURES_H_

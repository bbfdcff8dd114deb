#ifndef TRACEGATE_GATEWAY_IDENTITY_TLS_PROBE_H_
#define TRACEGATE_GATEWAY_IDENTITY_TLS_PROBE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace tracegate {

// Connects to our own listener and asks for TLS 1.2, then for TLS 1.3. OK only if the first was
// refused (by a protocol_version alert, or, as gRPC does, by closing without a word) and the second
// answered with a TLS 1.3 ServerHello; the second tells a refusal from a listener that is no TLS
// at all. Blocks; each of the two attempts takes at most about twice `timeout` (to connect, and to
// hear an answer).
//
// Thread safety: safe. Errors: FAILED_PRECONDITION if TLS 1.2 was answered; UNAVAILABLE if nothing
// could be learnt: no connection, no answer in time, or no TLS 1.3 either.
absl::Status ProbeRefusesTls12(const std::string& host, uint16_t port, absl::Duration timeout);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_TLS_PROBE_H_

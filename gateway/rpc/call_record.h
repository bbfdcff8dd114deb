#ifndef TRACEGATE_GATEWAY_RPC_CALL_RECORD_H_
#define TRACEGATE_GATEWAY_RPC_CALL_RECORD_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/policy/access_table.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/incoming_call.h"

namespace tracegate {

// What is kept of a request that was refused.
inline constexpr size_t kRefusedContentBytesMax = 65536;

// What the two logs say of a call: the evidence log for a court, the operations log for whoever runs the gateway.

// One entry about an admitted call.
EntryDraft EntryOf(v1::EntryKind kind, const Call& call, std::string content);

// The trace that a request of that RPC names, so that holds and retention find what was told of it; empty where it names
// none. What a caller sent is believed only of a call that succeeds.
std::string TraceNamedIn(const std::string& method, const std::string& request_bytes);

// The entry that the call was refused, and why. `caller` is null where nobody was identified: then what was sent is not
// kept, else up to 64 KiB of it.
EntryDraft RefusalOf(const IncomingCall& incoming, const Caller* caller, const absl::Status& why);

// What a caller that was not identified is told of a refusal: the reason's name and nothing of what the gateway knows or
// read in the certificate; that is in the logs.
absl::Status ToldToStranger(const absl::Status& why);

// Whether a reply goes out though the log could not take its entry: a read of the log itself, by those it is open to, once
// the log is known to be damaged. Otherwise nobody could look at what is wrong. The operations log keeps it.
bool MayGoUnrecorded(RecordRule rule, const Call& call, const absl::Status& why);

// A line in the operations log: who called what, how it went, how long it took.
void LogCall(const IncomingCall& incoming, const Caller* caller, const absl::Status& status,
             absl::Duration took);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_CALL_RECORD_H_

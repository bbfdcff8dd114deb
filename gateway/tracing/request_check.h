#ifndef TRACEGATE_GATEWAY_TRACING_REQUEST_CHECK_H_
#define TRACEGATE_GATEWAY_TRACING_REQUEST_CHECK_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "gateway/identity/caller.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Holds a request against what the ITI asks of it (ITI 15-17): illicit grounds and the law, the find, the use, the
// confidentiality guarantee, urgency with its reason. All violations at once, each naming its field: FIELD_REQUIRED
// or FIELD_INVALID.
absl::Status CheckTraceRequest(const v1::TraceRequest& request);

// QUALITY_GATE: the remarks that stop a trace, as violations of fields under `prefix`, such as "request.item.".
absl::Status GateFailure(std::string_view prefix, const std::vector<v1::MarkRemark>& remarks);

// The shape of a request id: 8 to 64 of [A-Za-z0-9._-].
absl::Status CheckRequestId(const std::string& request_id);

// The agency that the caller asks as, from the certificate: an officer's own, filled in where it is empty; a peer gateway
// must name one of its own State. STATE_MISMATCH, FIELD_REQUIRED; `field` is the agency's path in the request.
absl::Status SettleAgency(const Caller& caller, const std::string& field, v1::Agency* agency);

// Who asks, from the certificate: fills in the requesting agency of an officer's request and refuses one that names
// another State or agency (STATE_MISMATCH). A peer gateway must name the agency it asks for, of its own State.
absl::Status SettleRequester(const Caller& caller, v1::TraceRequest* request);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_REQUEST_CHECK_H_

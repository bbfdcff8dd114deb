#ifndef TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_REQUEST_H_
#define TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_REQUEST_H_

#include <string>

#include "absl/status/status.h"
#include "adapters/marking/reading.h"
#include "gateway/identity/caller.h"
#include "protos/tracegate/violations.h"
#include "tracegate/v1/liaison.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Holds a cross-check against what is asked of one: an item, why it is of interest (ITI 6, or its use in a crime), what
// for, the guarantee of ITI 15, States of today. All violations at once: FIELD_REQUIRED or FIELD_INVALID. A blinded
// subject is FIELD_INVALID: this gateway answers none.
absl::Status CheckCrossCheck(const v1::CrossCheckRequest& request);

// The same of a question whatever it came in: adds what is wrong to `out`. `states_field`: where the States are named.
void CheckQuestion(const v1::CrossCheckRequest& request, const std::string& states_field,
                   Violations* out);

// QUALITY_GATE where the marks are such that no registry could find the item: "no hit" would be untrue.
absl::Status CheckMarksOf(const ItemReading& read);

// Who asks, from the certificate, as SettleAgency; a peer gateway must name one State to ask (FIELD_REQUIRED,
// FIELD_INVALID).
absl::Status SettleCrossCheck(const Caller& caller, v1::CrossCheckRequest* request);

// The check as agreements, metering and registries look at a question: a request to that State.
v1::TraceRequest QuestionTo(const std::string& state, const v1::CrossCheckRequest& request);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_REQUEST_H_

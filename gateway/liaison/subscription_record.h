#ifndef TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_RECORD_H_
#define TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_RECORD_H_

#include <string>

#include "gateway/evidence/evidence_log.h"
#include "gateway/identity/caller.h"
#include "gateway/liaison/liaison_house.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// What the log keeps of subscriptions. Every entry has the subscription's id as its trace_id.

// Before the reply to Subscribe: the request as received, and the subscription, which is the reply. The store keeps which
// request had which reply.
RecordDraft SubscribedDraft(const Caller& caller, const std::string& request_id,
                            std::string request_bytes, const v1::Subscription& subscription);

// What the gateway itself changed: that it is over, or was revoked.
RecordDraft ChangedDraft(const LiaisonHouse& liaison, const v1::Subscription& subscription);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_SUBSCRIPTION_RECORD_H_

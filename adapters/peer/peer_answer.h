#ifndef TRACEGATE_ADAPTERS_PEER_PEER_ANSWER_H_
#define TRACEGATE_ADAPTERS_PEER_PEER_ANSWER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// What a peer's reply to CreateTrace says, as an adapter's answer: its State's own answer once the trace has ended,
// pending while it is open. A reply that is no trace, that answers for another State or for another request, is
// PEER_REFUSED: it is never taken for an answer.
absl::StatusOr<adapter::v1::FindResponse> ReadPeerReply(std::string reply, const std::string& state,
                                                        const std::string& request_id,
                                                        absl::Time now);

// What its word on a question that was taken back says: that it is, also where the peer has no such question.
absl::StatusOr<adapter::v1::FindResponse> ReadPeerWithdrawal(const absl::Status& status,
                                                             const std::string& name);

// A failure of the call, in this gateway's words: what may be tried again stays so.
absl::Status ReadPeerFailure(const absl::Status& status, const std::string& name);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PEER_PEER_ANSWER_H_

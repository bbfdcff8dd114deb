#ifndef TRACEGATE_GATEWAY_TRACING_KEPT_REPLY_H_
#define TRACEGATE_GATEWAY_TRACING_KEPT_REPLY_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "google/protobuf/message.h"

namespace tracegate {

// Replies to a request that was answered before with the same bytes, and records that they are told again. `reply` runs
// once: REQUEST_ID_REUSED where the request was another, or of another RPC; DOCUMENT_NOT_FOUND once request or reply was
// erased; the store's and the log's errors.
void TellAgain(RecordStore* store, EvidenceLog* log, const Caller& caller,
               const std::string& method, const google::protobuf::Message& request,
               const AnsweredRow& answered, std::function<void(absl::StatusOr<std::string>)> reply);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_KEPT_REPLY_H_

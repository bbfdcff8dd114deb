#ifndef TRACEGATE_GATEWAY_EVIDENCE_RECEIPT_CHECK_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RECEIPT_CHECK_H_

#include <string_view>

#include "absl/status/status.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// Checks, with the log's verifier key alone, that a reply stands in the log: what a court does years later.
//
// Errors: INVALID_ARGUMENT (FIELD_INVALID) naming the field of the receipt that does not hold, or
// `verifier_key` where that is none.

// `content`: the reply's bytes without the receipt, exactly as they were sent.
absl::Status VerifyReceipt(std::string_view content, const v1::Receipt& receipt,
                           std::string_view verifier_key);

// `reply`: the bytes as they were sent, receipt included (see SplitReceipt).
absl::Status VerifyReply(std::string_view reply, std::string_view verifier_key);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RECEIPT_CHECK_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_REPLY_RECEIPT_H_
#define TRACEGATE_GATEWAY_EVIDENCE_REPLY_RECEIPT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// A reply and the receipt behind it are one serialised message: protobuf reads two serialisations, one
// behind the other, as one message. So the content is hashed and stored once, and sent as it is.

// The content with the receipt behind it as field 15 (v1::Trace.receipt).
std::string ReplyWithReceipt(std::string_view content, std::string_view serialized_receipt);

struct SplitReply {
  std::string_view content;  // into the reply
  v1::Receipt receipt;
};

// Takes such a reply apart. The receipt must be the last thing in it and the only one: fields behind it
// would change how the reply reads without being covered by it.
//
// Errors: INVALID_ARGUMENT (MALFORMED_MESSAGE).
absl::StatusOr<SplitReply> SplitReceipt(std::string_view reply);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_REPLY_RECEIPT_H_

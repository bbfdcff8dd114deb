#ifndef TRACEGATE_GATEWAY_TRANSFERS_RECORD_CHECK_H_
#define TRACEGATE_GATEWAY_TRANSFERS_RECORD_CHECK_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Everything that makes a record impossible, all of it at once, each violation naming its field as
// `record.lines[2].quantity.amount`: what is REQUIRED and missing, States, categories, codes and dates that there are not,
// amounts below one or beyond reason, and parts that contradict one another (what took place under a licence that was
// denied, an expiry before the issue). FIELD_REQUIRED or FIELD_INVALID. Lengths and enum values were checked before
// (CheckBounds).
//
// A currency is checked by its shape alone: records are kept for decades, and no table here has the currencies of the past.
absl::Status CheckTransferRecord(const v1::TransferRecord& record, absl::CivilDay today);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_RECORD_CHECK_H_

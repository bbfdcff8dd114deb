#ifndef TRACEGATE_GATEWAY_TRANSFERS_DELIVERY_CHECK_H_
#define TRACEGATE_GATEWAY_TRANSFERS_DELIVERY_CHECK_H_

#include <google/protobuf/repeated_field.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Everything that makes a delivery of that record impossible, all of it at once, under `prefix`: no day, a day to come, no
// present State, lines that the record has not or that are there twice, amounts below nothing or beyond reason, a hash of
// no shape, more than 1,000 items in a line. FIELD_REQUIRED or FIELD_INVALID.
absl::Status CheckDelivery(const v1::Delivery& delivery, const v1::TransferRecord& record,
                           absl::CivilDay today, const std::string& prefix = "delivery.");

// How much of a line a delivery brought: what it says, or all of the line where it names no line at all.
int64_t ArrivedOf(const v1::TransferLine& line, const v1::Delivery& delivery);

// What is odd in a delivery beside those that were said before: more arrived, over all of them, than left
// (ARRIVED_TWICE), line by line.
std::vector<v1::RecordRemark> RemarksOnDelivery(
    const google::protobuf::RepeatedPtrField<v1::Delivery>& earlier, const v1::Delivery& delivery,
    const v1::TransferRecord& record);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_DELIVERY_CHECK_H_

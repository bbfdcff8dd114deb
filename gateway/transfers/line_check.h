#ifndef TRACEGATE_GATEWAY_TRANSFERS_LINE_CHECK_H_
#define TRACEGATE_GATEWAY_TRANSFERS_LINE_CHECK_H_

#include "protos/tracegate/violations.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Everything that makes the lines of a record impossible: numbers that are missing or twice, categories and subcategories
// that are not of one another, units that are not of the category, amounts below one or beyond reason, codes of no shape,
// more than 1,000 single arms.
void CheckLines(const v1::TransferRecord& record, Violations* out);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_LINE_CHECK_H_

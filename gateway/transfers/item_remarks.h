#ifndef TRACEGATE_GATEWAY_TRANSFERS_ITEM_REMARKS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ITEM_REMARKS_H_

#include "gateway/transfers/remark_collector.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A weapon that stands in the record twice: the same number, every character of it read, and a maker that may be the same.
void RemarkOnRepeats(const v1::TransferRecord& record, RemarkCollector* out);

// A weapon whose marks, as they are recorded, would make its trace fail (CheckMarks).
void RemarkOnMarks(const v1::TransferRecord& record, RemarkCollector* out);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ITEM_REMARKS_H_

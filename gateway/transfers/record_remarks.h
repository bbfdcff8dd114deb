#ifndef TRACEGATE_GATEWAY_TRANSFERS_RECORD_REMARKS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_RECORD_REMARKS_H_

#include <cstddef>
#include <vector>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

inline constexpr size_t kRemarksMax = 64;

// What is odd in a record that can be so all the same, for a person to look into: it moved after its licence ran out or
// without one, a weapon is listed twice or with marks that would make its trace fail, more weapons are listed than the
// quantity says, the exporting State imports, firearms were exported without import licence or a transit State's leave
// (Firearms Protocol 10(2)). Fields are paths in TransferRecord. At most kRemarksMax.
//
// Leave that other States gave in their answers counts beside the record's own clearances. What only other records can tell
// (IN_ANOTHER_RECORD, DESTROYED) is not looked for here. The record passed CheckTransferRecord. Linear in its items.
std::vector<v1::RecordRemark> RemarksOn(const v1::TransferRecord& record,
                                        const std::vector<v1::Clearance>& answered = {});

// Whether other States have to permit it first (Firearms Protocol 10(2)). An application may still wait for them.
bool NeedsClearances(const v1::TransferRecord& record);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_RECORD_REMARKS_H_

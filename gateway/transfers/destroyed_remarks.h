#ifndef TRACEGATE_GATEWAY_TRANSFERS_DESTROYED_REMARKS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_DESTROYED_REMARKS_H_

#include <string>
#include <vector>

#include "gateway/storage/record_store.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Notes each weapon of the record that was destroyed, by a record of the State's own registry which answered a trace and
// agrees exactly (DESTROYED). A weapon that was never traced is not known to be destroyed. At most kRemarksMax; what cannot
// be read is passed over. An indexed look into the store for each weapon, as TracesOfWeapon.
void RemarkDestroyed(RecordStore* store, const std::string& state, const v1::TransferRecord& record,
                     std::vector<v1::RecordRemark>* remarks);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_DESTROYED_REMARKS_H_

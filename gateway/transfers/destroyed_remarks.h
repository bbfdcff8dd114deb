#ifndef TRACEGATE_GATEWAY_TRANSFERS_DESTROYED_REMARKS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_DESTROYED_REMARKS_H_

#include <string>
#include <vector>

#include "gateway/storage/record_store.h"
#include "gateway/transfers/registry_search.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Notes each weapon of the record that was destroyed (DESTROYED), by a record of the State's own registry that agrees
// exactly: as the registry said just now (`found`), or in answer to a trace. At most kRemarksMax; what cannot be read is
// passed over. An indexed look into the store for each other weapon, as TracesOfWeapon.
void RemarkDestroyed(RecordStore* store, const std::string& state, const v1::TransferRecord& record,
                     const std::vector<DestroyedItem>& found,
                     std::vector<v1::RecordRemark>* remarks);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_DESTROYED_REMARKS_H_

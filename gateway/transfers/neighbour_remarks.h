#ifndef TRACEGATE_GATEWAY_TRANSFERS_NEIGHBOUR_REMARKS_H_
#define TRACEGATE_GATEWAY_TRANSFERS_NEIGHBOUR_REMARKS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gateway/transfers/stored_transfers.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Notes each weapon of the transfer that stands in another record of the State of the same kind and basis under another
// consignment (IN_ANOTHER_RECORD): its number read alike and no other maker. At most 64. Errors: the store's.
absl::Status RemarkNeighbours(const StoredTransfers& stored, const std::string& state,
                              const v1::Transfer& transfer, std::vector<v1::RecordRemark>* remarks);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_NEIGHBOUR_REMARKS_H_

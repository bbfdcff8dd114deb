#ifndef TRACEGATE_GATEWAY_RPC_TRANSFER_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_TRANSFER_SERVICE_H_

#include <functional>

#include "absl/time/time.h"
#include "gateway/rpc/handler_table.h"
#include "gateway/transfers/transfers.h"

namespace tracegate {

// Adds TransferService to the table. `transfers` outlives it.
void ServeTransfers(Transfers* transfers, std::function<absl::Time()> clock, HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_TRANSFER_SERVICE_H_

#ifndef TRACEGATE_GATEWAY_CLI_RECEIPT_ON_ARRIVAL_H_
#define TRACEGATE_GATEWAY_CLI_RECEIPT_ON_ARRIVAL_H_

#include <string>

#include "gateway/cli/profile.h"

namespace tracegate {

// Whether the receipt behind a reply verifies with the log's key, if the profile names one; says so where it does not.
bool ReceiptHolds(const std::string& reply, const Connection& connection);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_RECEIPT_ON_ARRIVAL_H_

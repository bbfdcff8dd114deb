#include "gateway/cli/receipt_on_arrival.h"

#include <iostream>

#include "gateway/evidence/receipt_check.h"

namespace tracegate {

bool ReceiptHolds(const std::string& reply, const Connection& connection) {
  if (connection.log_key.empty()) return true;
  const auto proof = VerifyReply(reply, connection.log_key);
  if (!proof.ok()) {
    std::cerr << "tracegate: the receipt does NOT verify: " << proof.message() << "\n";
  }
  return proof.ok();
}

}  // namespace tracegate

#ifndef TRACEGATE_GATEWAY_TRANSFERS_OWN_COMPARISON_H_
#define TRACEGATE_GATEWAY_TRANSFERS_OWN_COMPARISON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "gateway/transfers/stored_transfers.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

struct OwnComparison {
  int32_t agreeing = 0;
  std::vector<v1::Discrepancy> discrepancies;  // with the transfers behind each; without ids
};

// Holds a State's own records with a partner in a period against one another: what left against what was said to have
// arrived, what took place against what was authorised; and, where the partner's records are kept here too (`partner_here`),
// consignment by consignment against those. Errors: the store's.
absl::StatusOr<OwnComparison> CompareOwn(const StoredTransfers& stored, const std::string& state,
                                         const v1::ReconcileRequest& asked, bool partner_here,
                                         absl::CivilDay today);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_OWN_COMPARISON_H_

#ifndef TRACEGATE_GATEWAY_CLI_SHOW_RECONCILIATION_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_RECONCILIATION_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What holding figures against a partner's came to, for people.
std::string ShowReconciliation(const v1::Reconciliation& reconciliation);

// One place where they part, with all that was said of it.
std::string ShowDiscrepancy(const v1::Discrepancy& discrepancy);

// Such places in a table.
std::string ShowDiscrepancies(const v1::ListDiscrepanciesResponse& list);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_RECONCILIATION_H_

#ifndef TRACEGATE_GATEWAY_TRANSFERS_ROW_RECONCILIATION_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ROW_RECONCILIATION_H_

#include <google/protobuf/repeated_field.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

struct RowReconciliation {
  int32_t agreeing = 0;  // pairs
  // In the order of direction, category, origin and year; without ids, transfer ids and reconciliation.
  std::vector<v1::Discrepancy> discrepancies;
};

// Holds a State's rows against a partner's (mirror statistics): its exports to the partner against the partner's imports
// from it, and the other way round. Rows of other partners are passed over, as a published table has them.
//
// Rows pair by category, subcategory, origin and year; several of one side are added up. Where a side has rows of both
// bases, those of the basis that the other has too are taken. `expected` are differences that have a reason beside a
// mistake, which `text` tells: licences here and deliveries there, other units or currencies, goods that were under way at
// the end of the year (a row of the year before or after that makes up for it), national categories.
RowReconciliation ReconcileRows(const std::string& state, const std::string& partner_state,
                                const google::protobuf::RepeatedPtrField<v1::TransferRow>& ours,
                                const google::protobuf::RepeatedPtrField<v1::TransferRow>& theirs);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ROW_RECONCILIATION_H_

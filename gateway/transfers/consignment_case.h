#ifndef TRACEGATE_GATEWAY_TRANSFERS_CONSIGNMENT_CASE_H_
#define TRACEGATE_GATEWAY_TRANSFERS_CONSIGNMENT_CASE_H_

#include <google/protobuf/repeated_field.h>

#include <string>
#include <vector>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// How discrepancies of consignments say what they are about.

// A discrepancy of that record's consignment.
v1::Discrepancy CaseOf(v1::DiscrepancyKind kind, const v1::TransferRecord& record,
                       const std::string& text);

// The line as a row: its category, partner and figures.
v1::TransferRow RowOfLine(const v1::TransferRecord& record, const v1::TransferLine& line);

// "assault rifles (Model 7)".
std::string WhatLine(const v1::TransferLine& line);

// "assault rifles and 2 more lines".
std::string WhatRecord(const v1::TransferRecord& record);

// The first of the items that a discrepancy has room for.
void AddItems(const std::vector<const v1::Item*>& items,
              google::protobuf::RepeatedPtrField<v1::Item>* to);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_CONSIGNMENT_CASE_H_

#ifndef TRACEGATE_ADAPTERS_MAPPING_LINE_RULES_H_
#define TRACEGATE_ADAPTERS_MAPPING_LINE_RULES_H_

#include <string>
#include <vector>

#include "adapters/mapping/field_rule.h"
#include "adapters/mapping/source_table.h"
#include "adapters/mapping/transfer_mapping.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// How the rules of a mapping fill a transfer and its lines, and what a record cannot be without.

// Applies the rules that fill a record; false where it cannot be made, which is told in `losses`.
bool FillRecord(const std::vector<FieldRule>& rules, const SourceRow& row,
                v1::TransferRecord* record, std::vector<TransferLoss>* losses);

// Same, of one line.
bool FillLine(const std::vector<FieldRule>& rules, const SourceRow& row, v1::TransferLine* line,
              std::vector<TransferLoss>* losses);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_LINE_RULES_H_

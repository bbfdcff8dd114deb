#ifndef TRACEGATE_GATEWAY_CLI_TRANSFER_TABLE_H_
#define TRACEGATE_GATEWAY_CLI_TRANSFER_TABLE_H_

#include <vector>

#include "gateway/cli/report_tables.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Tables of exports and imports as the templates of ATT, UNROCA and Wassenaar have them. `report` has `transfers`.
std::vector<ReportTable> TransferReportTables(const v1::Report& report);

// What a correction changes, row by row: before and after.
ReportTable CorrectionTable(const v1::Report& report);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRANSFER_TABLE_H_

#ifndef TRACEGATE_GATEWAY_CLI_FIGURE_TABLES_H_
#define TRACEGATE_GATEWAY_CLI_FIGURE_TABLES_H_

#include <vector>

#include "gateway/cli/report_tables.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Tables of the reports that count traces and recovered arms.

// UNODC arms-flows questionnaire.
std::vector<ReportTable> ArmsFlowTables(const v1::ArmsFlowFigures& figures);
// SDG 16.4.2, with its numerator and denominator.
std::vector<ReportTable> OriginTables(const v1::OriginFigures& figures);
// Programme of Action and ITI, tracing section.
std::vector<ReportTable> CooperationTables(const v1::CooperationFigures& figures);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_FIGURE_TABLES_H_

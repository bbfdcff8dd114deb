#ifndef TRACEGATE_GATEWAY_CLI_REPORT_CSV_H_
#define TRACEGATE_GATEWAY_CLI_REPORT_CSV_H_

#include <string>
#include <string_view>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A report for programs and spreadsheets: RFC 4180 with one header, UTF-8, codes as they are. Each row says in its first
// columns which report it is of, and in `table` what it is: `export`, `import`, `nil_export`, `corrected_from`,
// `corrected_to`, `uncounted`.
std::string ReportCsv(const v1::Report& report);

// A text as a cell. What a spreadsheet would take for a formula gets an apostrophe in front.
std::string CsvCell(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_REPORT_CSV_H_

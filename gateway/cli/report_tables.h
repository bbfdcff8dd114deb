#ifndef TRACEGATE_GATEWAY_CLI_REPORT_TABLES_H_
#define TRACEGATE_GATEWAY_CLI_REPORT_TABLES_H_

#include <string>
#include <utility>
#include <vector>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A report laid out for people, whatever it is printed on. Texts are not escaped.

// One table: as many cells in a row as there are columns.
struct ReportTable {
  struct Column {
    std::string name;
    bool is_figure = false;
  };
  std::string title;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::string instead;  // what stands there where there are no rows
};

// "Arms Trade Treaty: annual report".
std::string ReportTitle(v1::ReportKind kind);

// The title page: what, and what is said of it.
std::vector<std::pair<std::string, std::string>> ReportHeadLines(const v1::Report& report);

// The body, then what a correction changes, then what could not be counted.
std::vector<ReportTable> ReportTables(const v1::Report& report);

// The report for a terminal.
std::string ReportText(const v1::Report& report);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_REPORT_TABLES_H_

#ifndef TRACEGATE_GATEWAY_CLI_IMPORT_REPORT_H_
#define TRACEGATE_GATEWAY_CLI_IMPORT_REPORT_H_

#include <cstddef>
#include <ostream>
#include <string>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/import_rows.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// How an import went, row by row as the answers come: a line of a table each, or of JSON.
//
// Thread safety: none. Lifetime: rows and stream outlive it.
class ImportReport {
 public:
  ImportReport(const ImportRows& rows, bool json, std::ostream& out);

  // The next row's answer; `proven`: its receipt holds.
  void Add(const v1::ImportTracesResponse& response, bool proven);

  // Rows answered so far; those of them that failed.
  size_t answered() const { return answered_; }
  size_t failed() const { return failed_; }

  // In words: how many traces have ended, go on, failed, could not be read, were not answered.
  std::string Summary() const;
  // What the whole comes to, where every row that was sent was answered.
  ExitCode Exit() const;

 private:
  void Print(const ImportRow& row, const v1::ImportTracesResponse& response) const;

  const ImportRows& rows_;
  const bool json_;
  std::ostream& out_;
  int id_width_ = 0;  // of the longest request id
  size_t answered_ = 0;
  size_t ended_ = 0;
  size_t failed_ = 0;
  size_t unproven_ = 0;
};

// "seizure.csv, line 14, column serial: is not UTF-8".
std::string BadRowText(const std::string& file, const BadImportRow& row);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_IMPORT_REPORT_H_

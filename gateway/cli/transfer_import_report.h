#ifndef TRACEGATE_GATEWAY_CLI_TRANSFER_IMPORT_REPORT_H_
#define TRACEGATE_GATEWAY_CLI_TRANSFER_IMPORT_REPORT_H_

#include <cstddef>
#include <ostream>
#include <string>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/transfer_rows.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// How an import of transfers went, one by one as the answers come: a line of a table each, or of JSON.
//
// Thread safety: none. Lifetime: rows and stream outlive it.
class TransferImportReport {
 public:
  TransferImportReport(const TransferRows& rows, bool json, std::ostream& out);

  // The next transfer's answer; `proven`: its receipt holds.
  void Add(const v1::ImportTransfersResponse& response, bool proven);

  // Transfers answered so far; those of them that failed.
  size_t answered() const { return answered_; }
  size_t failed() const { return failed_; }

  // In words: how many were recorded, recorded with remarks, failed, not answered; and what of the file is in none.
  std::string Summary() const;
  // What the whole comes to, where every transfer was answered.
  ExitCode Exit() const;

 private:
  void Print(const MappedTransfer& sent, const v1::ImportTransfersResponse& response) const;

  const TransferRows& rows_;
  const bool json_;
  std::ostream& out_;
  int id_width_ = 0;  // of the longest request id
  size_t answered_ = 0;
  size_t remarked_ = 0;
  size_t failed_ = 0;
  size_t unproven_ = 0;
};

// What the file says and no record will, line by line, then the rows that are no transfers, by reason.
std::string LossesText(const std::string& file, const TransferRows& rows);

// What would be recorded: a line a transfer, then sums by year and category.
std::string RehearsalText(const TransferRows& rows);
// Same, each request as a line of JSON.
std::string RehearsalJson(const TransferRows& rows);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRANSFER_IMPORT_REPORT_H_

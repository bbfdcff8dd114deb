#ifndef TRACEGATE_GATEWAY_CLI_TRANSFER_ROWS_H_
#define TRACEGATE_GATEWAY_CLI_TRANSFER_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/mapping/transfer_mapping.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// One transfer of a file, ready to be recorded.
struct MappedTransfer {
  int64_t line = 0;  // of the file, where its row begins, from 1
  v1::RecordTransferRequest request;
};

// Something that the file says and no record does, or not as it is written.
struct RowLoss {
  int64_t line = 0;
  TransferLoss loss;
};

// A row that the mapping says is no transfer.
struct SkippedRow {
  int64_t line = 0;
  std::string why;
};

// What a file comes to: every row of data is in `transfers`, `skipped`, or told in `losses` with what was lost of it.
struct TransferRows {
  std::vector<MappedTransfer> transfers;  // in the file's order
  std::vector<RowLoss> losses;
  std::vector<SkippedRow> skipped;
  size_t rows = 0;                       // of data
  size_t lines = 0;                      // that are in a transfer
  size_t lines_lost = 0;                 // that are in none
  size_t rows_lost = 0;                  // that could not be read at all
  std::vector<std::string> passed_over;  // columns that nothing is read from
};

// Reads the text of `file` by a mapping. The request id of a transfer is the same in every run: `<batch>-<reference>`, the
// reference being that of the mapping's column, which then no two rows share, else the row's number among the rows of data;
// where each line is a record, `.<line>` behind it.
//
// Errors: CONFIG_INVALID naming the batch, or the file's fault: a column that the mapping reads and the file lacks or has
// twice. What is wrong with a row is among the result.
absl::StatusOr<TransferRows> ReadTransferRows(const std::string& file, std::string_view text,
                                              const TransferMapping& mapping,
                                              const std::string& batch);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRANSFER_ROWS_H_

#ifndef TRACEGATE_GATEWAY_CLI_IMPORT_ROWS_H_
#define TRACEGATE_GATEWAY_CLI_IMPORT_ROWS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The names that the columns of a seizure may have.
inline constexpr std::string_view kImportColumns[] = {
    "serial", "make", "model", "calibre", "type", "country", "import_mark", "year", "reference"};

// How the rows of a file become requests.
struct ImportPlan {
  // Begins every request id: 6 to 31 of [A-Za-z0-9._-].
  std::string batch;
  // Name of kImportColumns -> the header's own, where that is another.
  std::map<std::string, std::string> columns;
  char delimiter = ',';
  // What all rows share; its weapon, if any, is described further by each row.
  v1::TraceRequest request;
  std::string language;
};

// One weapon of a seizure, ready to be traced.
struct ImportRow {
  int64_t line = 0;  // it begins on, from 1
  v1::CreateTraceRequest create;
};

// A row that cannot be traced as it stands.
struct BadImportRow {
  int64_t line = 0;
  std::string column;  // empty: the row as a whole
  std::string problem;
};

struct ImportRows {
  std::vector<ImportRow> rows;  // in the file's order
  std::vector<BadImportRow> bad;
  std::vector<std::string> passed_over;  // columns that nothing is read from
};

// Errors: CONFIG_INVALID where a batch cannot begin request ids.
absl::Status CheckBatch(const std::string& batch);

// The request id of a row: the same in every run. `<batch>-<reference>` where that is one, else with a part of the
// reference's hash in place of what no id may have.
std::string ImportRequestId(const std::string& batch, const std::string& reference);

// Reads a seizure out of the text of `file`, CSV as RFC 4180 with a header. `serial` must be among its columns. A row's
// reference is that of the column, which then no two rows share, else its number among the rows.
//
// Errors: CONFIG_INVALID naming the file's fault or the plan's; what is wrong with a row is among the result.
absl::StatusOr<ImportRows> ReadImportRows(const std::string& file, std::string_view text,
                                          const ImportPlan& plan);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_IMPORT_ROWS_H_

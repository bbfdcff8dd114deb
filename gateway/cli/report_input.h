#ifndef TRACEGATE_GATEWAY_CLI_REPORT_INPUT_H_
#define TRACEGATE_GATEWAY_CLI_REPORT_INPUT_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// What a compliance officer types to have a report drawn up, each over the field of the file.
struct TypedReport {
  v1::ReportKind kind = v1::REPORT_KIND_UNSPECIFIED;
  std::string file, from, to, cut_off, basis, export_basis, import_basis, corrects, request_id;
  std::vector<std::string> categories;
  bool quantities = false;
  bool values = false;
  std::string format = "text";
  std::string save;

  // The options of a command that they are typed to; lives as long as the parse.
  void AddTo(CLI::App* command);
};

// The request that was typed, over the file's head. Without --quantities and --values it asks for both. Errors:
// CONFIG_INVALID naming file, line and key, or the option.
absl::StatusOr<v1::GenerateReportRequest> ReportRequestOf(const TypedReport& typed);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_REPORT_INPUT_H_

// A seizure as a CSV file that somebody made: one byte is the delimiter, the rest the file.

#include "gateway/cli/import_rows.h"

#include <set>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  // What the command line takes for no delimiter.
  if (input.empty() || std::string_view("\"\r\n\0", 4).find(input[0]) != std::string_view::npos)
    return 0;
  ImportPlan plan;
  plan.batch = "foz-2026";
  plan.delimiter = input[0];
  const auto rows = ReadImportRows("seizure.csv", input.substr(1), plan);
  if (!rows.ok()) {
    RequireRefusal(rows.status(), v1::REASON_CONFIG_INVALID);
    return 0;
  }
  std::set<std::string> ids;
  int64_t line = 1;
  for (const ImportRow& row : rows->rows) {
    const std::string& id = row.create.request_id();
    Require(id.size() >= 8 && id.size() <= 64, "a request id has a length that it may have");
    Require(ids.insert(id).second, "no two rows share a request id");
    Require(row.line > line, "rows stand in the file's order, behind its header");
    line = row.line;
    v1::CreateTraceRequest parsed;
    Require(ParseChecked(row.create.SerializeAsString(), &parsed).ok(),
            "a row that was taken is within the bounds");
  }
  for (const BadImportRow& bad : rows->bad) {
    Require(!bad.problem.empty(), "what is wrong with a row is told");
  }
  return 0;
}

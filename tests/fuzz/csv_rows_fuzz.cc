// A file of a registry: one byte says how it is cut (a delimiter, or 0 for columns of fixed width), the rest is text.

#include <string>
#include <vector>

#include "adapters/csv/row_format.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

std::string Quoted(const std::vector<std::string>& fields, char delimiter) {
  std::string row;
  for (const std::string& field : fields) {
    if (!row.empty()) row += delimiter;
    row += '"';
    for (const char c : field) row.append(c == '"' ? 2 : 1, c);
    row += '"';
  }
  return row;
}

// What was read and is written with every field quoted is read as the same.
void CheckFields(const RowFormat& format, char delimiter, const std::vector<std::string>& fields) {
  size_t bytes = 0;
  for (const std::string& field : fields) bytes += 2 * field.size() + 3;
  if (bytes >= kQuotedBytesMax) return;
  const std::string row = Quoted(fields, delimiter);
  std::string_view rest = row;
  std::vector<std::string> again;
  const std::string_view taken = format.TakeRow(&rest);
  Require(rest.empty() && taken == row, "a quoted row is one row");
  Require(format.Split(taken, &again).empty() && again == fields, "quoted fields are read again");
}

void CheckRows(const RowFormat& format, char delimiter, std::string_view text) {
  std::vector<std::string> fields;
  while (!text.empty()) {
    const size_t before = text.size();
    const std::string_view row = format.TakeRow(&text);
    Require(text.size() < before, "every row is taken off the text");
    Require(row.size() <= before - text.size(), "a row is no longer than what was taken");
    if (!format.Split(row, &fields).empty()) continue;
    Require(!fields.empty(), "a row has a field");
    if (delimiter != '\0') CheckFields(format, delimiter, fields);
    if (delimiter == '\0') Require(fields.size() == 2, "a row has a field for each column");
  }
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  if (input.empty()) return 0;
  const char delimiter = input[0];
  // What the configuration refuses as a delimiter.
  if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') return 0;
  const RowFormat format =
      delimiter == '\0' ? RowFormat::FixedWidth({{0, 3}, {5, 4}}) : RowFormat::Delimited(delimiter);
  CheckRows(format, delimiter, input.substr(1));
  return 0;
}

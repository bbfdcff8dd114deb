#include "adapters/marking/csv_table.h"

#include <algorithm>
#include <utility>

#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

absl::Status Fault(int line, std::string_view problem) {
  return TableFault("table", line, problem);
}

// Takes one field from the front of `rest` and leaves its delimiter there.
absl::StatusOr<std::string> TakeField(std::string_view& rest, int& line) {
  std::string field;
  if (rest.empty() || rest.front() != '"') {
    const size_t end = std::min(rest.find_first_of(",\n"), rest.size());
    field = rest.substr(0, end);
    rest.remove_prefix(end);
    if (field.find('"') != std::string::npos) return Fault(line, "has a quote inside a field");
    return field;
  }
  rest.remove_prefix(1);
  while (true) {
    const size_t quote = rest.find('"');
    if (quote == std::string_view::npos) return Fault(line, "has a quote that is never closed");
    field += rest.substr(0, quote);
    line += static_cast<int>(std::count(rest.begin(), rest.begin() + quote, '\n'));
    rest.remove_prefix(quote + 1);
    if (rest.empty() || rest.front() != '"') return field;
    field += '"';
    rest.remove_prefix(1);
  }
}

absl::StatusOr<CsvRow> TakeRow(std::string_view& rest, int& line) {
  CsvRow row;
  row.line = line;
  while (true) {
    absl::StatusOr<std::string> field = TakeField(rest, line);
    if (!field.ok()) return field.status();
    if (!field->empty() && (field->front() == ' ' || field->back() == ' ')) {
      return Fault(line, "has a space at an end of a field");
    }
    row.fields.push_back(*std::move(field));
    if (rest.empty()) return Fault(line, "does not end");
    const char delimiter = rest.front();
    rest.remove_prefix(1);
    if (delimiter == '\n') break;
    if (delimiter != ',') return Fault(line, "has bytes after a closing quote");
  }
  ++line;
  return row;
}

}  // namespace

absl::Status TableFault(std::string_view table, int line, std::string_view problem) {
  return absl::InternalError(std::string(table) + ", line " + std::to_string(line) + " " +
                             std::string(problem));
}

absl::StatusOr<std::vector<CsvRow>> ReadCsv(std::string_view csv, std::string_view header) {
  if (ValidUtf8Prefix(csv) != csv.size()) return Fault(1, "or a later one is not UTF-8");
  if (csv.substr(0, header.size()) != header || csv.substr(header.size(), 1) != "\n") {
    return Fault(1, "is not the header " + std::string(header));
  }
  const size_t columns = std::count(header.begin(), header.end(), ',') + 1;
  std::string_view rest = csv.substr(header.size() + 1);
  int line = 2;
  std::vector<CsvRow> rows;
  while (!rest.empty()) {
    absl::StatusOr<CsvRow> row = TakeRow(rest, line);
    if (!row.ok()) return row.status();
    if (row->fields.size() != columns) return Fault(row->line, "has the wrong number of fields");
    rows.push_back(*std::move(row));
  }
  return rows;
}

std::vector<std::string_view> ListOf(std::string_view field) {
  std::vector<std::string_view> parts;
  while (!field.empty()) {
    const size_t end = std::min(field.find(';'), field.size());
    parts.push_back(field.substr(0, end));
    field.remove_prefix(std::min(end + 1, field.size()));
  }
  return parts;
}

}  // namespace tracegate

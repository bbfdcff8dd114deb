#include "gateway/cli/report_csv.h"

#include <vector>

#include "gateway/cli/arms_label.h"
#include "gateway/cli/money_text.h"
#include "gateway/cli/report_tables.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

using Cells = std::vector<std::string>;

// Signs at which spreadsheets begin to reckon, full-width ones too.
constexpr std::string_view kFormulaSigns[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                              "\n", "＝", "＋", "－", "＠"};

std::string Row(const Cells& cells) {
  std::string out;
  for (const std::string& cell : cells) out += (out.empty() ? "" : ",") + cell;
  return out + "\r\n";
}

// The columns that say of which report a row is.
Cells ReportCells(const v1::Report& report) {
  return {CsvCell(report.report_id()),
          CsvCell(Words(v1::ReportKind_Name(report.kind()), "REPORT_KIND_")),
          CsvCell(report.head().state()), CsvCell(DateText(report.head().from_date())),
          CsvCell(DateText(report.head().to_date()))};
}

Cells Joined(Cells cells, const Cells& more) {
  cells.insert(cells.end(), more.begin(), more.end());
  return cells;
}

const Cells kTransferHead = {"report",
                             "kind",
                             "state",
                             "from",
                             "to",
                             "table",
                             "year",
                             "numeral",
                             "category",
                             "subcategory",
                             "national_category",
                             "basis",
                             "partner_state",
                             "origin",
                             "intermediate_states",
                             "quantity",
                             "unit",
                             "estimated",
                             "value",
                             "currency",
                             "model",
                             "description",
                             "comments",
                             "lines"};
constexpr size_t kReportColumns = 5;

std::string EnumWord(const std::string& name, std::string_view prefix) {
  return CsvCell(std::string_view(name).substr(name.starts_with(prefix) ? prefix.size() : 0));
}

Cells TransferCells(const std::string& table, const v1::TransferRow& row) {
  std::string between;
  for (const std::string& state : row.intermediate_states()) {
    between += (between.empty() ? "" : " ") + state;
  }
  const bool counted = row.has_quantity();
  const std::string& origin =
      row.origin().iso_code().empty() ? row.origin().verbatim() : row.origin().iso_code();
  return {CsvCell(table),
          std::to_string(row.year()),
          CsvCell(ArmsNumeral(row.category(), row.subcategory())),
          EnumWord(v1::ArmsCategory_Name(row.category()), "ARMS_CATEGORY_"),
          row.subcategory() == v1::ARMS_SUBCATEGORY_UNSPECIFIED
              ? CsvCell("")
              : EnumWord(v1::ArmsSubcategory_Name(row.subcategory()), "ARMS_SUBCATEGORY_"),
          CsvCell(row.national_category()),
          EnumWord(v1::TransferBasis_Name(row.basis()), "TRANSFER_BASIS_"),
          CsvCell(row.partner_state()),
          CsvCell(origin),
          CsvCell(between),
          counted ? std::to_string(row.quantity().amount()) : "",
          counted ? EnumWord(v1::QuantityUnit_Name(row.quantity().unit()), "QUANTITY_UNIT_")
                  : CsvCell(""),
          counted ? (row.quantity().estimated() ? "true" : "false") : "",
          row.has_value() ? DecimalText(row.value()) : "",
          CsvCell(row.value().currency()),
          CsvCell(row.model()),
          CsvCell(row.description()),
          CsvCell(row.comments()),
          std::to_string(row.lines())};
}

// A row that is no figure: only `table`, and what is said of it in `comments`.
Cells RemarkCells(const std::string& table, const std::string& comment) {
  Cells cells(kTransferHead.size() - kReportColumns, CsvCell(""));
  cells.front() = CsvCell(table);
  cells[cells.size() - 2] = CsvCell(comment);
  return cells;
}

void AddRows(const Cells& report, const char* table,
             const google::protobuf::RepeatedPtrField<v1::TransferRow>& rows, bool is_nil,
             std::string* out) {
  for (const v1::TransferRow& row : rows) *out += Row(Joined(report, TransferCells(table, row)));
  if (rows.empty() && is_nil) {
    *out += Row(Joined(report, RemarkCells(std::string("nil_") + table, "no such transfers")));
  }
}

void AddCorrections(const Cells& cells, const v1::Report& report, std::string* out) {
  for (const v1::RowCorrection& correction : report.corrections()) {
    if (correction.has_before()) {
      *out += Row(Joined(cells, TransferCells("corrected_from", correction.before())));
    }
    if (correction.has_after()) {
      *out += Row(Joined(cells, TransferCells("corrected_to", correction.after())));
    }
  }
}

std::string TransferCsv(const v1::Report& report) {
  std::string out = Row(kTransferHead);
  const Cells cells = ReportCells(report);
  const v1::TransferTables& tables = report.transfers();
  AddRows(cells, "export", tables.exports(), tables.nil_exports(), &out);
  AddRows(cells, "import", tables.imports(), tables.nil_imports(), &out);
  AddCorrections(cells, report, &out);
  for (const v1::UncountedRecord& record : report.uncounted()) {
    out += Row(Joined(cells, RemarkCells("uncounted", record.transfer_id() + " line " +
                                                          std::to_string(record.line_number()) +
                                                          ": " + record.why())));
  }
  return out;
}

// The other reports are small: their tables as they are read, one figure a row.
std::string FigureCsv(const v1::Report& report) {
  std::string out =
      Row({"report", "kind", "state", "from", "to", "table", "row", "column", "text"});
  const Cells cells = ReportCells(report);
  for (const ReportTable& table : ReportTables(report)) {
    for (size_t i = 0; i < table.rows.size(); ++i) {
      for (size_t j = 0; j < table.columns.size(); ++j) {
        out += Row(Joined(cells, {CsvCell(table.title), std::to_string(i + 1),
                                  CsvCell(table.columns[j].name), CsvCell(table.rows[i][j])}));
      }
    }
  }
  return out;
}

}  // namespace

std::string CsvCell(std::string_view text) {
  std::string cell = "\"";
  for (const std::string_view sign : kFormulaSigns) {
    if (text.starts_with(sign)) {
      cell += '\'';
      break;
    }
  }
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + "\"";
}

std::string ReportCsv(const v1::Report& report) {
  return report.has_transfers() ? TransferCsv(report) : FigureCsv(report);
}

}  // namespace tracegate

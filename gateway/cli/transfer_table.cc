#include "gateway/cli/transfer_table.h"

#include <functional>
#include <string>
#include <utility>

#include "gateway/cli/arms_label.h"
#include "gateway/cli/money_text.h"
#include "gateway/cli/table.h"

namespace tracegate {
namespace {

using Column = ReportTable::Column;

// Which columns a report's tables have.
struct Layout {
  bool is_import = false;
  bool with_years = false;
  bool with_places_between = false;  // UNROCA
  bool with_models = false;          // Wassenaar
};

Layout LayoutOf(const v1::Report& report) {
  Layout layout;
  layout.with_years = report.head().from_date().year() != report.head().to_date().year();
  layout.with_places_between = report.kind() == v1::REPORT_KIND_UNROCA;
  layout.with_models = report.kind() == v1::REPORT_KIND_WASSENAAR;
  return layout;
}

std::vector<Column> ColumnsOf(const Layout& layout) {
  std::vector<Column> columns;
  if (layout.with_years) columns.push_back({"Year", false});
  columns.push_back({"Category", false});
  columns.push_back({"Authorised or actual", false});
  columns.push_back({"Number of items", true});
  columns.push_back({"Value", true});
  columns.push_back({layout.is_import ? "Exporting State" : "Final importing State", false});
  columns.push_back({"State of origin, if not the exporter", false});
  if (layout.with_places_between) columns.push_back({"Intermediate locations", false});
  if (layout.with_models) columns.push_back({"Model or type", false});
  columns.push_back({"Description of item", false});
  columns.push_back({"Comments on the transfer", false});
  return columns;
}

std::string CategoryText(const v1::TransferRow& row) {
  const std::string label = ArmsLabel(row.category(), row.subcategory());
  return row.national_category().empty() ? label : label + " [" + row.national_category() + "]";
}

std::string OriginText(const v1::Country& origin) {
  return origin.iso_code().empty() ? origin.verbatim() : StateLabel(origin.iso_code());
}

std::string StatesText(const v1::TransferRow& row) {
  std::string text;
  for (const std::string& state : row.intermediate_states()) {
    text += (text.empty() ? "" : ", ") + StateLabel(state);
  }
  return text;
}

std::vector<std::string> CellsOf(const v1::TransferRow& row, const Layout& layout) {
  std::vector<std::string> cells;
  if (layout.with_years) cells.push_back(std::to_string(row.year()));
  cells.push_back(CategoryText(row));
  cells.push_back(Words(v1::TransferBasis_Name(row.basis()), "TRANSFER_BASIS_"));
  cells.push_back(row.has_quantity() ? QuantityText(row.quantity()) : "");
  cells.push_back(row.has_value() ? MoneyText(row.value()) : "");
  cells.push_back(StateLabel(row.partner_state()));
  cells.push_back(OriginText(row.origin()));
  if (layout.with_places_between) cells.push_back(StatesText(row));
  if (layout.with_models) cells.push_back(row.model());
  cells.push_back(row.description());
  cells.push_back(row.comments());
  return cells;
}

using Rows = google::protobuf::RepeatedPtrField<v1::TransferRow>;

// The rows that `belongs` picks; `instead` stands where there are none.
ReportTable TableOf(std::string title, const Rows& rows, const Layout& layout, std::string instead,
                    const std::function<bool(const v1::TransferRow&)>& belongs) {
  ReportTable table{std::move(title), ColumnsOf(layout), {}, std::move(instead)};
  for (const v1::TransferRow& row : rows) {
    if (belongs(row)) table.rows.push_back(CellsOf(row, layout));
  }
  return table;
}

bool IsAny(const v1::TransferRow&) { return true; }
bool IsSmallArm(const v1::TransferRow& row) {
  return row.category() == v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS;
}
bool IsNoSmallArm(const v1::TransferRow& row) { return !IsSmallArm(row); }

// Exports or imports; UNROCA has small arms and light weapons in a table of their own.
void AddDirection(const v1::Report& report, const Rows& rows, bool is_nil, Layout layout,
                  std::vector<ReportTable>* tables) {
  const std::string word = layout.is_import ? "imports" : "exports";
  const std::string title = layout.is_import ? "Imports" : "Exports";
  const std::string instead =
      is_nil ? "NIL REPORT: there were no such " + word + " in the period reported on."
             : "This table is left out of the report.";
  if (report.kind() == v1::REPORT_KIND_UNROCA) {
    const std::string none = rows.empty() ? instead : "None.";
    tables->push_back(TableOf(title + ": categories I to VII", rows, layout, none, IsNoSmallArm));
    tables->push_back(
        TableOf(title + ": small arms and light weapons", rows, layout, none, IsSmallArm));
    return;
  }
  tables->push_back(TableOf(title + " of conventional arms", rows, layout, instead, IsAny));
}

}  // namespace

std::vector<ReportTable> TransferReportTables(const v1::Report& report) {
  std::vector<ReportTable> tables;
  Layout layout = LayoutOf(report);
  AddDirection(report, report.transfers().exports(), report.transfers().nil_exports(), layout,
               &tables);
  if (report.kind() == v1::REPORT_KIND_WASSENAAR) return tables;  // deliveries out, no others
  layout.is_import = true;
  AddDirection(report, report.transfers().imports(), report.transfers().nil_imports(), layout,
               &tables);
  return tables;
}

ReportTable CorrectionTable(const v1::Report& report) {
  const Layout layout = LayoutOf(report);
  ReportTable table;
  table.title = "Corrections of report " + report.corrects_report_id();
  table.instead = "The figures are those of the report that this one corrects.";
  table.columns = ColumnsOf(layout);
  const size_t partner = layout.with_years ? 5 : 4;
  table.columns[partner].name = "Partner State";
  table.columns.insert(table.columns.begin(), {{"", false}, {"Table", false}});
  const auto add = [&](const char* when, const v1::TransferRow& row, bool is_there,
                       const v1::TransferRow& other) {
    std::vector<std::string> cells;
    if (is_there) {
      cells = CellsOf(row, layout);
    } else {
      cells.resize(table.columns.size() - 2);
      cells[layout.with_years ? 1 : 0] = "no such row";
    }
    const v1::TransferKind kind = is_there ? row.kind() : other.kind();
    cells.insert(cells.begin(), {when, Words(v1::TransferKind_Name(kind), "TRANSFER_KIND_")});
    table.rows.push_back(std::move(cells));
  };
  for (const v1::RowCorrection& correction : report.corrections()) {
    add("before", correction.before(), correction.has_before(), correction.after());
    add("after", correction.after(), correction.has_after(), correction.before());
  }
  return table;
}

}  // namespace tracegate

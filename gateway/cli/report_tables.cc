#include "gateway/cli/report_tables.h"

#include "gateway/cli/arms_label.h"
#include "gateway/cli/figure_tables.h"
#include "gateway/cli/show_time.h"
#include "gateway/cli/table.h"
#include "gateway/cli/transfer_table.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

std::string DefinitionText(v1::CrossingDefinition definition) {
  switch (definition) {
    case v1::CROSSING_DEFINITION_BORDER_CROSSED: return "physical transfer across the border";
    case v1::CROSSING_DEFINITION_TITLE_PASSED: return "transfer of title";
    case v1::CROSSING_DEFINITION_CONTROL_PASSED: return "transfer of control";
    case v1::CROSSING_DEFINITION_OTHER: return "other, as below";
    default: return "";
  }
}

std::string AvailabilityText(v1::ReportAvailability availability) {
  switch (availability) {
    case v1::REPORT_AVAILABILITY_PUBLIC: return "for the public";
    case v1::REPORT_AVAILABILITY_STATES_PARTIES_ONLY: return "for States Parties only";
    default: return "";
  }
}

// Adds a line unless nothing is said.
void Say(const char* what, const std::string& text, Lines* lines) {
  if (!text.empty()) lines->emplace_back(what, text);
}

std::string ContactText(const v1::PointOfContact& contact) {
  std::string text =
      contact.agency().title().empty() ? contact.agency().name() : contact.agency().title();
  for (const std::string& part : {contact.email(), contact.phone()}) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

ReportTable UncountedTable(const v1::Report& report) {
  ReportTable table{"Records that could not be counted",
                    {{"Record", false}, {"Line", true}, {"Why", false}},
                    {},
                    ""};
  for (const v1::UncountedRecord& record : report.uncounted()) {
    table.rows.push_back({record.transfer_id(),
                          record.line_number() == 0 ? "all" : std::to_string(record.line_number()),
                          record.why()});
  }
  return table;
}

}  // namespace

std::string ReportTitle(v1::ReportKind kind) {
  switch (kind) {
    case v1::REPORT_KIND_ATT_ANNUAL: return "Arms Trade Treaty: annual report";
    case v1::REPORT_KIND_UNROCA: return "United Nations Register of Conventional Arms";
    case v1::REPORT_KIND_WASSENAAR: return "Wassenaar Arrangement: deliveries";
    case v1::REPORT_KIND_ARMS_FLOWS: return "UNODC illicit arms flows questionnaire";
    case v1::REPORT_KIND_SDG_16_4_2: return "Sustainable Development Goals: indicator 16.4.2";
    case v1::REPORT_KIND_POA_ITI:
      return "Programme of Action and International Tracing Instrument: tracing";
    default: return "Report";
  }
}

Lines ReportHeadLines(const v1::Report& report) {
  const v1::ReportHead& head = report.head();
  Lines lines;
  Say("State", StateLabel(head.state()), &lines);
  Say("Authority",
      head.authority().title().empty() ? head.authority().name() : head.authority().title(),
      &lines);
  Say("Contact", ContactText(head.contact()), &lines);
  Say("Period", DateText(head.from_date()) + " to " + DateText(head.to_date()), &lines);
  Say("Cut-off date", DateText(head.cut_off_date()), &lines);
  Say("An export is", DefinitionText(head.export_definition()), &lines);
  Say("An import is", DefinitionText(head.import_definition()), &lines);
  Say("National definitions", head.definition_text(), &lines);
  Say("Availability", AvailabilityText(head.availability()), &lines);
  Say("Corrects report", report.corrects_report_id(), &lines);
  if (report.has_transfers()) {
    Say("Withheld as commercially sensitive or for national security (ATT 13(3))",
        head.withheld() ? "yes, some data" : "no", &lines);
  }
  Say("Report", report.report_id(), &lines);
  if (report.has_create_time()) Say("Drawn up", DayAndTime(report.create_time()), &lines);
  Say("Size of the log it was drawn from", std::to_string(report.log_size()), &lines);
  return lines;
}

std::vector<ReportTable> ReportTables(const v1::Report& report) {
  std::vector<ReportTable> tables;
  switch (report.body_case()) {
    case v1::Report::kTransfers: tables = TransferReportTables(report); break;
    case v1::Report::kArmsFlows: tables = ArmsFlowTables(report.arms_flows()); break;
    case v1::Report::kOrigin: tables = OriginTables(report.origin()); break;
    case v1::Report::kCooperation: tables = CooperationTables(report.cooperation()); break;
    case v1::Report::BODY_NOT_SET: break;
  }
  if (!report.corrects_report_id().empty()) tables.push_back(CorrectionTable(report));
  if (!report.uncounted().empty()) tables.push_back(UncountedTable(report));
  return tables;
}

std::string ReportText(const v1::Report& report) {
  std::string out = ReportTitle(report.kind()) + "\n";
  for (const auto& [what, text] : ReportHeadLines(report)) out += "  " + what + ": " + text + "\n";
  for (const ReportTable& table : ReportTables(report)) {
    out += "\n" + table.title + "\n";
    if (table.rows.empty()) {
      out += table.instead + "\n";
      continue;
    }
    std::vector<std::string> names;
    for (const ReportTable::Column& column : table.columns) names.push_back(column.name);
    Table text(std::move(names));
    for (const auto& row : table.rows) text.Add(row);
    out += text.Text();
  }
  if (!report.caveats().empty()) out += "\n";
  for (const std::string& caveat : report.caveats()) out += "Note: " + caveat + "\n";
  return out;
}

}  // namespace tracegate

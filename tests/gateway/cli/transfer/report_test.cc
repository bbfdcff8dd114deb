#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "gateway/cli/report_csv.h"
#include "gateway/cli/report_html.h"
#include "gateway/cli/report_tables.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::Not;

v1::Report ReportOf(const std::string& text) {
  v1::Report report;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &report));
  return report;
}

constexpr char kHead[] = R"(
report_id: "01R" log_size: 40
head { state: "FI" authority { state: "FI" name: "mfa" title: "Ministry of Foreign Affairs" }
       from_date { year: 2021 month: 1 day: 1 } to_date { year: 2021 month: 12 day: 31 } )";

constexpr char kRifles[] = R"(
  category: ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS
  subcategory: ARMS_SUBCATEGORY_RIFLES_AND_CARBINES
  national_category: "ML1" basis: TRANSFER_BASIS_ACTUAL kind: TRANSFER_KIND_EXPORT
  partner_state: "SE" year: 2021 lines: 3 )";

v1::Report Annual() {
  return ReportOf(std::string("kind: REPORT_KIND_ATT_ANNUAL") + kHead +
                  R"( export_definition: CROSSING_DEFINITION_BORDER_CROSSED
       availability: REPORT_AVAILABILITY_PUBLIC withheld: true }
      transfers { nil_imports: true exports {)" +
                  kRifles + R"( quantity { amount: 12 unit: QUANTITY_UNIT_ITEMS }
      value { currency: "EUR" units: 17645 nanos: 500000000 } description: "Sniper rifles" } })");
}

TEST(ReportText, HasTheHeadTheTablesAndANilForm) {
  EXPECT_EQ(
      ReportText(Annual()),
      "Arms Trade Treaty: annual report\n"
      "  State: Finland (FI)\n"
      "  Authority: Ministry of Foreign Affairs\n"
      "  Period: 2021-01-01 to 2021-12-31\n"
      "  An export is: physical transfer across the border\n"
      "  Availability: for the public\n"
      "  Withheld as commercially sensitive or for national security (ATT 13(3)): yes, some data\n"
      "  Report: 01R\n"
      "  Size of the log it was drawn from: 40\n"
      "\n"
      "Exports of conventional arms\n"
      "Category                                       Authorised or actual  Number of items  Value "
      "  "
      "      Final importing State  State of origin, if not the exporter  Description of item  "
      "Comments on the transfer\n"
      "VIII, small arms 2: Rifles and carbines [ML1]  actual                12               "
      "17645.50 EUR  Sweden (SE)            "
      "                                      Sniper rifles        \n"
      "\n"
      "Imports of conventional arms\n"
      "NIL REPORT: there were no such imports in the period reported on.\n");
}

TEST(ReportText, SaysThatATableIsLeftOutWhereNothingSaysThatItIsNil) {
  v1::Report report = Annual();
  report.mutable_transfers()->set_nil_imports(false);
  EXPECT_THAT(ReportText(report),
              HasSubstr("Imports of conventional arms\nThis table is left out "));
}

TEST(ReportText, PartsSmallArmsFromTheRestForUnroca) {
  v1::Report report = Annual();
  report.set_kind(v1::REPORT_KIND_UNROCA);
  report.mutable_transfers()->mutable_exports(0)->add_intermediate_states("DE");
  const std::string text = ReportText(report);
  EXPECT_THAT(text, HasSubstr("Exports: categories I to VII\nNone.\n"));
  EXPECT_THAT(text, HasSubstr("Exports: small arms and light weapons\nCategory"));
  EXPECT_THAT(text, HasSubstr("Germany (DE)"));
  EXPECT_THAT(text, HasSubstr("Imports: small arms and light weapons\nNIL REPORT"));
}

TEST(ReportText, HasModelsAndNoImportsForWassenaar) {
  v1::Report report = Annual();
  report.set_kind(v1::REPORT_KIND_WASSENAAR);
  report.mutable_transfers()->mutable_exports(0)->set_model("TRG 22");
  EXPECT_THAT(ReportText(report), HasSubstr("TRG 22"));
  EXPECT_THAT(ReportText(report), Not(HasSubstr("Imports")));
}

TEST(ReportText, ShowsWhatACorrectionChanges) {
  v1::Report report = Annual();
  report.set_corrects_report_id("01Q");
  v1::RowCorrection& changed = *report.add_corrections();
  *changed.mutable_before() = report.transfers().exports(0);
  *changed.mutable_after() = report.transfers().exports(0);
  changed.mutable_after()->mutable_quantity()->set_amount(14);
  *report.add_corrections()->mutable_after() = report.transfers().exports(0);
  const std::vector<ReportTable> tables = ReportTables(report);
  const ReportTable& table = tables.back();
  EXPECT_EQ(table.title, "Corrections of report 01Q");
  ASSERT_EQ(table.rows.size(), 4u);
  for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
  EXPECT_EQ(table.rows[0][0], "before");
  EXPECT_EQ(table.rows[0][1], "export");
  EXPECT_EQ(table.rows[0][4], "12");
  EXPECT_EQ(table.rows[1][4], "14");
  EXPECT_EQ(table.rows[2][2], "no such row");
}

TEST(ReportText, NamesRecordsThatCouldNotBeCountedAndWhatAReaderMustKnow) {
  v1::Report report = Annual();
  v1::UncountedRecord& record = *report.add_uncounted();
  record.set_transfer_id("01T");
  record.set_why("no quantity");
  report.add_caveats("values are not comparable");
  EXPECT_THAT(ReportText(report), HasSubstr("01T     all   no quantity\n"));
  EXPECT_THAT(ReportText(report), HasSubstr("\nNote: values are not comparable\n"));
}

TEST(ReportText, GivesNumeratorDenominatorAndProportion) {
  const v1::Report report =
      ReportOf(std::string("kind: REPORT_KIND_SDG_16_4_2") + kHead +
               "} origin { recovered: 8 seized: 5 found: 2 surrendered: 1 established: 3 "
               "established_by_tracing: 2 established_otherwise: 1 }");
  EXPECT_THAT(ReportText(report), HasSubstr("Recovered (denominator)                     8\n"));
  EXPECT_THAT(ReportText(report), HasSubstr("Point of diversion established (numerator)  3\n"));
  EXPECT_THAT(ReportText(report),
              HasSubstr("Proportion                                  37.5 %\n"));
}

TEST(ReportText, PutsAskedAndAnsweredSideBySide) {
  const v1::Report report =
      ReportOf(std::string("kind: REPORT_KIND_POA_ITI") + kHead +
               "} cooperation { asked { requests: 7 median_to_answer { seconds: 273600 } "
               "refusals { legal_ground: LEGAL_GROUND_NATIONAL_SECURITY count: 2 } } "
               "answered { requests: 4 } }");
  const std::string text = ReportText(report);
  EXPECT_THAT(text, HasSubstr("Requests                        7                    4\n"));
  EXPECT_THAT(text, HasSubstr("Median time to answer           3 d 4 h"));
  EXPECT_THAT(text, HasSubstr("national security  2                    0\n"));
}

TEST(ReportHtml, IsOnePageWithTitleTablesAndBox) {
  const std::string html = ReportHtml(Annual());
  EXPECT_EQ(html.find("<!DOCTYPE html>\n<html lang=\"en\">"), 0u);
  EXPECT_THAT(html, HasSubstr("<title>Arms Trade Treaty: annual report, Finland (FI)</title>"));
  EXPECT_THAT(html, HasSubstr("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
  EXPECT_THAT(html, HasSubstr("<dt>Authority</dt><dd>Ministry of Foreign Affairs</dd>\n"));
  EXPECT_THAT(html, HasSubstr("<strong>Data are withheld.</strong>"));
  EXPECT_THAT(html, HasSubstr("<caption>Exports of conventional arms. Finland (FI)</caption>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\" class=\"figure\">Number of items</th>"));
  EXPECT_THAT(html,
              HasSubstr("<tr><th scope=\"row\">VIII, small arms 2: Rifles and carbines [ML1]</th>"
                        "<td>actual</td><td class=\"figure\">12</td>"
                        "<td class=\"figure\">17645.50 EUR</td><td>Sweden (SE)</td><td></td>"
                        "<td>Sniper rifles</td><td></td></tr>\n"));
  EXPECT_THAT(html, HasSubstr("<p class=\"box\">NIL REPORT: there were no such imports"));
  EXPECT_THAT(html, HasSubstr("</body>\n</html>\n"));
  for (const char* const outside : {"http:", "https:", "src=", "href=", "<script", "url("}) {
    EXPECT_THAT(html, Not(HasSubstr(outside))) << "the page loads nothing";
  }
}

TEST(ReportHtml, HasNoBoxWhereNothingIsWithheld) {
  v1::Report report = Annual();
  report.mutable_head()->set_withheld(false);
  EXPECT_THAT(ReportHtml(report), Not(HasSubstr("Data are withheld")));
}

constexpr char kScript[] = "<script>alert('x')</script>\"&";
constexpr char kScriptShown[] = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;";

TEST(ReportHtml, RunsNothingThatStandsInARecord) {
  v1::Report report = Annual();
  v1::TransferRow& row = *report.mutable_transfers()->mutable_exports(0);
  row.set_description(kScript);
  row.set_comments(kScript);
  row.set_national_category(kScript);
  row.set_partner_state(kScript);
  row.mutable_origin()->set_verbatim(kScript);
  report.mutable_head()->set_definition_text(kScript);
  report.mutable_head()->mutable_authority()->set_title(kScript);
  report.mutable_head()->set_state(kScript);
  report.add_caveats(kScript);
  report.set_corrects_report_id(kScript);
  v1::UncountedRecord& record = *report.add_uncounted();
  record.set_transfer_id(kScript);
  record.set_why(kScript);
  const std::string html = ReportHtml(report);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  size_t shown = 0;
  for (size_t at = html.find(kScriptShown); at != std::string::npos;
       at = html.find(kScriptShown, at + 1)) {
    ++shown;
  }
  EXPECT_GE(shown, 12u) << "all of it is shown as it was written";
}

TEST(ReportCsv, HasOneRowAFigureAndSaysWhatIsNil) {
  EXPECT_EQ(
      ReportCsv(Annual()),
      "report,kind,state,from,to,table,year,numeral,category,subcategory,national_category,basis,"
      "partner_state,origin,intermediate_states,quantity,unit,estimated,value,currency,model,"
      "description,comments,lines\r\n"
      "\"01R\",\"att annual\",\"FI\",\"2021-01-01\",\"2021-12-31\",\"export\",2021,"
      "\"VIII, small arms 2\",\"SMALL_ARMS_AND_LIGHT_WEAPONS\",\"RIFLES_AND_CARBINES\",\"ML1\","
      "\"ACTUAL\",\"SE\",\"\",\"\",12,\"ITEMS\",false,17645.50,\"EUR\",\"\",\"Sniper rifles\","
      "\"\",3\r\n"
      "\"01R\",\"att annual\",\"FI\",\"2021-01-01\",\"2021-12-31\",\"nil_import\",\"\",\"\",\"\","
      "\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"no such transfers\","
      "\"\"\r\n");
}

TEST(ReportCsv, TakesTheFormulaOutOfWhatASpreadsheetWouldReckon) {
  EXPECT_EQ(CsvCell("=HYPERLINK(\"http://x\",\"y\")"),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  for (const std::string sign : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}) {
    EXPECT_EQ(CsvCell(sign + "1"), "\"'" + sign + "1\"");
  }
  EXPECT_EQ(CsvCell("rifle = TRG-22"), "\"rifle = TRG-22\"");
  EXPECT_EQ(CsvCell("two\nlines, \"quoted\""), "\"two\nlines, \"\"quoted\"\"\"");
  v1::Report report = Annual();
  report.mutable_transfers()->mutable_exports(0)->set_comments("=1+1");
  EXPECT_THAT(ReportCsv(report), HasSubstr(",\"'=1+1\",3\r\n"));
}

TEST(ReportCsv, GivesOtherReportsFigureByFigure) {
  const v1::Report report = ReportOf(std::string("kind: REPORT_KIND_SDG_16_4_2") + kHead +
                                     "} origin { recovered: 8 established: 3 }");
  EXPECT_THAT(ReportCsv(report),
              HasSubstr("\"sdg 16 4 2\",\"FI\",\"2021-01-01\",\"2021-12-31\",\"SDG indicator "
                        "16.4.2\",1,\"Arms\",\"8\"\r\n"));
}

}  // namespace
}  // namespace tracegate

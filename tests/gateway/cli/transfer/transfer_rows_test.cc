#include "gateway/cli/transfer_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/cli/transfer_import_report.h"
#include "protos/tracegate/config/yaml_message.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kFields[] = R"(
fields:
  - {constant: ACTUAL, to: basis}
  - {constant: EXPORT, to: kind}
  - {constant: FI, to: states.exporting}
  - {column: Year, to: date, date_format: "%Y"}
  - {column: To, to: states.importing, state_names: true}
lines:
  - fields:
      - {constant: BATTLE_TANKS, to: category}
      - {column: Number, to: quantity.amount}
      - {constant: ITEMS, to: quantity.unit}
skip:
  - {column: To, values: [Total], reason: sum of the rows above}
)";

TransferMapping MappingOf(const std::string& yaml) {
  config::v1::TransferMapping proto;
  const absl::Status read = ParseYamlMessage(yaml, "m.yaml", &proto);
  EXPECT_TRUE(read.ok()) << read;
  auto mapping = TransferMapping::Create(proto);
  EXPECT_TRUE(mapping.ok()) << mapping.status();
  return *std::move(mapping);
}

TransferRows Read(const std::string& text, const std::string& more = "",
                  const std::string& batch = "fi-2021") {
  auto rows = ReadTransferRows("e.csv", text, MappingOf(kFields + more), batch);
  EXPECT_TRUE(rows.ok()) << rows.status();
  return rows.ok() ? *std::move(rows) : TransferRows();
}

std::string FaultOf(const std::string& text, const std::string& more = "",
                    const std::string& batch = "fi-2021") {
  const auto rows = ReadTransferRows("e.csv", text, MappingOf(kFields + more), batch);
  EXPECT_EQ(DetailOf(rows.status()).reason(), v1::REASON_CONFIG_INVALID) << rows.status();
  return std::string(rows.status().message());
}

std::vector<std::string> Ids(const TransferRows& rows) {
  std::vector<std::string> ids;
  for (const MappedTransfer& transfer : rows.transfers)
    ids.push_back(transfer.request.request_id());
  return ids;
}

TEST(TransferRows, AreReadUnderTheirHeader) {
  const TransferRows rows = Read(
      "Exports of the year,,,\n"
      "note, TO ,number,Year\n"
      "huomautus,kohde,lukumäärä,vuosi\n"
      "x,Sweden,12,2021\n"
      ",Norway,3,2020\n",
      "file: {rows_above: 1, rows_below: 1}\n");
  EXPECT_THAT(Ids(rows), ElementsAre("fi-2021-000001", "fi-2021-000002"));
  EXPECT_EQ(rows.transfers[0].line, 4);
  EXPECT_EQ(rows.transfers[1].request.record().states().importing(0), "NO");
  EXPECT_EQ(rows.transfers[1].request.record().lines(0).quantity().amount(), 3);
  EXPECT_THAT(rows.passed_over, ElementsAre("note"));
  EXPECT_THAT(rows.losses, IsEmpty());
}

TEST(TransferRows, AreReadWhereNoRowNamesTheColumns) {
  const TransferRows rows =
      Read("Sweden;12;2021\n", "file: {columns: [To, Number, Year], delimiter: \";\"}\n");
  EXPECT_THAT(Ids(rows), ElementsAre("fi-2021-000001"));
}

TEST(TransferRows, KeepTheirIdsWhenOtherRowsComeAndGo) {
  const std::string more = "reference: Licence\n";
  const auto all = Read("Licence,Year,To,Number\nA/1,2021,Sweden,1\nB-2,2021,Norway,2\n", more);
  const auto one = Read("Licence,Year,To,Number\nB-2,2021,Norway,2\n", more);
  EXPECT_EQ(Ids(all)[1], "fi-2021-B-2");
  EXPECT_EQ(Ids(one)[0], Ids(all)[1]);
  EXPECT_THAT(Ids(all)[0], HasSubstr("fi-2021-A_1.")) << "what no id may have becomes a hash";
}

TEST(TransferRows, SayWhatOfTheFileIsInNoRecord) {
  const TransferRows rows = Read(
      "Year,To,Number\n"
      "2021,Sweden,1\n"
      "2021,Atlantis,2\n"
      "2021,Norway\n"
      "2021,Total,3\n"
      "2021,Denmark,none\n"
      "2021,\"Germany,4\n");
  EXPECT_EQ(rows.rows, 6u);
  EXPECT_EQ(rows.transfers.size(), 1u);
  EXPECT_EQ(rows.lines, 1u);
  EXPECT_EQ(rows.lines_lost, 2u);
  EXPECT_EQ(rows.rows_lost, 2u);
  EXPECT_EQ(rows.skipped.size(), 1u);
  EXPECT_EQ(LossesText("e.csv", rows),
            "tracegate: e.csv, line 3, column To: 'Atlantis' names no State that is known; a code "
            "table may say which it is; NOT RECORDED\n"
            "tracegate: e.csv, line 4: has 2 fields, the file 3; NOT RECORDED\n"
            "tracegate: e.csv, line 6, column Number: 'none' is no number such as 1234.5; NOT "
            "RECORDED\n"
            "tracegate: e.csv, line 7: has a quote that is not closed; NOT RECORDED\n"
            "tracegate: e.csv: 1 rows skipped, the first on line 5: sum of the rows above\n");
}

TEST(TransferRows, RefuseAReferenceThatDoesNotTellRowsApart) {
  const TransferRows rows =
      Read("Licence,Year,To,Number\nA,2021,Sweden,1\nA,2021,Norway,2\n,2021,Norway,3\n",
           "reference: Licence\n");
  EXPECT_EQ(rows.transfers.size(), 1u);
  EXPECT_EQ(rows.rows_lost, 2u);
  EXPECT_THAT(LossesText("e.csv", rows), HasSubstr("line 3, column Licence: stands on line 2 too"));
  EXPECT_THAT(LossesText("e.csv", rows), HasSubstr("line 4, column Licence: is empty"));
}

TEST(TransferRows, RefuseAFileThatTheMappingDoesNotFit) {
  EXPECT_THAT(FaultOf("Year,To\n"), HasSubstr("has no column 'Number', which the mapping reads "
                                              "(lines[0].fields[1].column)"));
  EXPECT_THAT(FaultOf("Year,To,Number,YEAR\n"), HasSubstr("has two columns 'Year'"));
  EXPECT_THAT(FaultOf(""), HasSubstr("has no row that names its columns"));
  EXPECT_THAT(FaultOf("Year,To,Number\n", "", "short"), HasSubstr("--batch"));
}

TEST(TransferRows, AreRehearsedWithTheirSums) {
  const TransferRows rows = Read("Year,To,Number\n2021,Sweden,1\n2021,Norway,20\n2020,Norway,5\n");
  EXPECT_EQ(RehearsalText(rows),
            "LINE  REQUEST         TRANSFER       DAY   FROM  TO  LINES  WHAT\n"
            "2     fi-2021-000001  actual export  2021  FI    SE  1      I: Battle tanks, 1\n"
            "3     fi-2021-000002  actual export  2021  FI    NO  1      I: Battle tanks, 20\n"
            "4     fi-2021-000003  actual export  2020  FI    NO  1      I: Battle tanks, 5\n"
            "\n"
            "YEAR  CATEGORY      NATIONAL  LINES  QUANTITY  VALUE\n"
            "2020  battle tanks            1      5         \n"
            "2021  battle tanks            2      21        \n"
            "\n"
            "3 rows: 3 transfers with 3 lines; nothing was sent\n");
  EXPECT_THAT(RehearsalJson(rows), HasSubstr("{\"line\":2,\"request_id\":\"fi-2021-000001\""));
}

}  // namespace
}  // namespace tracegate

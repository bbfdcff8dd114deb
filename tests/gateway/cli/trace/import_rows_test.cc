#include "gateway/cli/import_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "gateway/cli/import_report.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ImportPlan Plan() {
  ImportPlan plan;
  plan.batch = "foz-2026";
  plan.language = "pt";
  plan.request.set_legal_justification("Lei 10.826/2003");
  return plan;
}

ImportRows Read(const std::string& text, const ImportPlan& plan = Plan()) {
  auto rows = ReadImportRows("seizure.csv", text, plan);
  EXPECT_TRUE(rows.ok()) << rows.status();
  return rows.ok() ? *std::move(rows) : ImportRows();
}

std::string FaultOf(const std::string& text, const ImportPlan& plan = Plan()) {
  const auto rows = ReadImportRows("seizure.csv", text, plan);
  EXPECT_EQ(DetailOf(rows.status()).reason(), v1::REASON_CONFIG_INVALID) << rows.status();
  return std::string(rows.status().message());
}

std::vector<std::string> Bad(const ImportRows& rows) {
  std::vector<std::string> bad;
  for (const BadImportRow& row : rows.bad) bad.push_back(BadRowText("s.csv", row));
  return bad;
}

std::vector<std::string> Ids(const ImportRows& rows) {
  std::vector<std::string> ids;
  for (const ImportRow& row : rows.rows) ids.push_back(row.create.request_id());
  return ids;
}

TEST(ImportRows, BecomeRequestsWithWhatAllShare) {
  const ImportRows rows = Read(
      "Reference, SERIAL ,make,model,calibre,type,country,import_mark,year,note\r\n"
      "IP-12, TKW48213 ,Taurus,PT 92,\"9 mm, Para\",PISTOLA,Brasil,DE 19,2011,seen\r\n");
  EXPECT_THAT(Bad(rows), IsEmpty());
  EXPECT_THAT(rows.passed_over, ElementsAre("note"));
  ASSERT_EQ(rows.rows.size(), 1u);
  const v1::CreateTraceRequest& create = rows.rows[0].create;
  EXPECT_EQ(rows.rows[0].line, 2);
  EXPECT_EQ(create.request_id(), "foz-2026-IP-12");
  EXPECT_EQ(create.language(), "pt");
  EXPECT_EQ(create.request().legal_justification(), "Lei 10.826/2003");
  EXPECT_EQ(create.request().requesting_agency().reference(), "IP-12");
  const v1::Firearm& weapon = create.request().item().weapon();
  EXPECT_EQ(weapon.serial_number(), "TKW48213");
  EXPECT_EQ(weapon.manufacturer().verbatim(), "Taurus");
  EXPECT_EQ(weapon.model().verbatim(), "PT 92");
  EXPECT_EQ(weapon.calibre().verbatim(), "9 mm, Para");
  EXPECT_EQ(weapon.type_verbatim(), "PISTOLA");
  EXPECT_EQ(weapon.country_of_manufacture().verbatim(), "Brasil");
  EXPECT_EQ(weapon.year_of_manufacture(), 2011);
  ASSERT_EQ(weapon.marks_size(), 1);
  EXPECT_EQ(weapon.marks(0).kind(), v1::MARK_KIND_IMPORT);
  EXPECT_EQ(weapon.marks(0).text(), "DE 19");
}

TEST(ImportRows, StandOverTheSharedWeaponAndLeaveTheRestOfIt) {
  ImportPlan plan = Plan();
  v1::Firearm& shared = *plan.request.mutable_item()->mutable_weapon();
  shared.mutable_manufacturer()->set_verbatim("Taurus");
  shared.mutable_calibre()->set_verbatim(".38");
  const ImportRows rows = Read("serial,calibre\nA1234,\nB1234,9x19\n", plan);
  ASSERT_EQ(rows.rows.size(), 2u);
  EXPECT_EQ(rows.rows[0].create.request().item().weapon().calibre().verbatim(), ".38");
  EXPECT_EQ(rows.rows[1].create.request().item().weapon().calibre().verbatim(), "9x19");
  EXPECT_EQ(rows.rows[1].create.request().item().weapon().manufacturer().verbatim(), "Taurus");
}

TEST(ImportRows, AreNumberedWhereNoColumnGivesAReference) {
  // What cannot be read counts too, so that a corrected row keeps the others' ids.
  const ImportRows rows = Read("serial\nA1234\n\nB1234,x\n\"C\n1234\"\n");
  EXPECT_THAT(Ids(rows), ElementsAre("foz-2026-000001", "foz-2026-000003"));
  EXPECT_EQ(rows.rows[1].line, 5);
}

TEST(ImportRows, AreReadFromColumnsOfOtherNamesAndWithAnotherDelimiter) {
  ImportPlan plan = Plan();
  plan.delimiter = ';';
  plan.columns = {{"serial", "Número de Série"}, {"make", "Marca"}};
  const ImportRows rows = Read("\xEF\xBB\xBFMARCA;Número de série;make\nTaurus;A1234;no\n", plan);
  ASSERT_EQ(rows.rows.size(), 1u);
  const v1::Firearm& weapon = rows.rows[0].create.request().item().weapon();
  EXPECT_EQ(weapon.serial_number(), "A1234");
  EXPECT_EQ(weapon.manufacturer().verbatim(), "Taurus");
  EXPECT_THAT(rows.passed_over, ElementsAre("make"));
}

TEST(ImportRows, ThatCannotBeReadAreNamedByLineAndColumn) {
  const ImportRows rows = Read(
      "reference,serial,make,year\n"
      "r1,A1234,Taurus,2011\n"
      "r2,B1234,Taurus\n"
      "r3,C\xFF"
      "1234,Taurus,\n"
      "r1,D1234,Taurus,\n"
      ",E1234,Taurus,\n"
      "r6,F1234,Taurus,11\n"
      "r7," +
      std::string(129, '7') +
      ",Taurus,\n"
      "r8,G1234," +
      std::string(257, 'T') + ",\n" + std::string(129, 'r') +
      ",H1234,Taurus,\n"
      "r10,I1234,Taurus,1999\n");
  EXPECT_THAT(Ids(rows), ElementsAre("foz-2026-r1", "foz-2026-r10"));
  EXPECT_THAT(Bad(rows),
              ElementsAre("s.csv, line 3: has 3 fields, the header 4",
                          "s.csv, line 4, column serial: is not UTF-8",
                          "s.csv, line 5, column reference: stands on line 2 too",
                          "s.csv, line 6, column reference: is empty",
                          HasSubstr("line 7, column year: is no year"),
                          HasSubstr("line 8, column serial: "), HasSubstr("line 9, column make: "),
                          HasSubstr("line 10, column reference: ")));
}

TEST(ImportRows, RefuseAFileWhoseHeaderDoesNotFit) {
  EXPECT_THAT(FaultOf(""), HasSubstr("is empty"));
  EXPECT_THAT(FaultOf("make,model\nTaurus,PT 92\n"), HasSubstr("no column 'serial'"));
  EXPECT_THAT(FaultOf("serial,make,Serial\n"), HasSubstr("two columns 'serial'"));
  ImportPlan plan = Plan();
  plan.columns = {{"make", "marca"}};
  EXPECT_THAT(FaultOf("serial,make\n", plan), HasSubstr("no column 'marca'"));
  plan.columns = {{"maker", "marca"}};
  EXPECT_THAT(FaultOf("serial,marca\n", plan), HasSubstr("serial make model"));
}

TEST(ImportRows, RefuseABatchNameOrSharedRequestThatDoesNotFit) {
  for (const char* name : {"foz-1", "foz 2026", "a-name-of-thirty-two-characters!",
                           "abcdefghijklmnopqrstuvwxyz-2026x"}) {
    ImportPlan plan = Plan();
    plan.batch = name;
    EXPECT_THAT(FaultOf("serial\n", plan), HasSubstr("6 to 31")) << name;
  }
  ImportPlan plan = Plan();
  plan.request.mutable_item()->mutable_weapon()->set_serial_number("A1234");
  EXPECT_THAT(FaultOf("serial\n", plan), HasSubstr("each row's own"));
  plan = Plan();
  plan.request.mutable_item()->mutable_ammunition_lot();
  EXPECT_THAT(FaultOf("serial\n", plan), HasSubstr("must be a weapon"));
  plan = Plan();
  plan.request.set_legal_justification(std::string(2049, 'x'));
  EXPECT_THAT(FaultOf("serial\n", plan), HasSubstr("legal_justification"));
}

TEST(ImportRequestId, IsTheReferenceWhereThatIsOneAndElseCannotBeAnothers) {
  EXPECT_EQ(ImportRequestId("foz-2026", "IP-12"), "foz-2026-IP-12");
  const std::string slash = ImportRequestId("foz-2026", "IP 12/2026");
  const std::string dash = ImportRequestId("foz-2026", "IP 12-2026");
  EXPECT_THAT(slash, HasSubstr("foz-2026-IP_12_2026."));
  EXPECT_NE(slash.substr(19), dash.substr(19));
  const std::string longest(31, 'b');
  EXPECT_EQ(ImportRequestId(longest, std::string(32, 'r')).size(), 64u);
  EXPECT_EQ(ImportRequestId(longest, std::string(33, 'r')).size(), 64u);
}

}  // namespace
}  // namespace tracegate

#include "gateway/transfers/record_remarks.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::pair<v1::RecordRemarkKind, std::string>> Remarks(
    const v1::TransferRecord& record) {
  std::vector<std::pair<v1::RecordRemarkKind, std::string>> remarks;
  for (const v1::RecordRemark& remark : RemarksOn(record)) {
    remarks.emplace_back(remark.kind(), remark.field());
    EXPECT_NE(remark.text(), "");
  }
  return remarks;
}

void List(const std::string& serial, const std::string& maker, v1::TransferRecord* record) {
  *record->mutable_lines(0)->add_items() = ExamplePistol(serial, maker);
}

TEST(RemarksOn, HasNothingToSayOfAPlainExport) {
  EXPECT_THAT(Remarks(ExampleExport()), IsEmpty());
  EXPECT_THAT(Remarks(ExampleLicence()), IsEmpty());
}

TEST(RemarksOn, ATransferAfterTheLastDayOfItsLicence) {
  v1::TransferRecord record = ExampleExport();
  *record.mutable_date() = ExampleDate(2024, 12, 31);
  EXPECT_THAT(Remarks(record), IsEmpty());
  *record.mutable_departure_date() = ExampleDate(2025, 1, 1);
  EXPECT_THAT(Remarks(record),
              ElementsAre(Pair(v1::RECORD_REMARK_KIND_AUTHORISATION_EXPIRED, "departure_date")));
  record.clear_departure_date();
  *record.mutable_date() = ExampleDate(2025, 1, 1);
  EXPECT_THAT(Remarks(record),
              ElementsAre(Pair(v1::RECORD_REMARK_KIND_AUTHORISATION_EXPIRED, "date")));
  EXPECT_THAT(RemarksOn(record)[0].text(), HasSubstr("2024-12-31"));
  *record.mutable_date() = ExampleDate(2024);
  EXPECT_THAT(Remarks(record), IsEmpty());
}

TEST(RemarksOn, ATransferWithoutALicence) {
  v1::TransferRecord record = ExampleExport();
  record.clear_authorisation();
  EXPECT_THAT(Remarks(record),
              ElementsAre(Pair(v1::RECORD_REMARK_KIND_NO_AUTHORISATION, "authorisation")));
}

TEST(RemarksOn, AStateThatExportsToItself) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_states()->add_exporting("BR");
  EXPECT_THAT(Remarks(record),
              ElementsAre(Pair(v1::RECORD_REMARK_KIND_TERRITORIES, "states.exporting[1]")));
}

TEST(RemarksOn, MoreWeaponsThanTheQuantity) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_lines(0)->mutable_quantity()->set_amount(2);
  List("ABC123", "Glock", &record);
  List("ABC124", "Glock", &record);
  EXPECT_THAT(Remarks(record), IsEmpty());
  List("ABC125", "Glock", &record);
  EXPECT_THAT(Remarks(record),
              ElementsAre(Pair(v1::RECORD_REMARK_KIND_ITEMS_AND_QUANTITY, "lines[0].items")));
}

TEST(RemarksOn, AnExportOfFirearmsWithoutImportLicenceOrLeaveToPass) {
  v1::TransferRecord record = ExampleExport();
  record.mutable_states()->add_transit("PT");
  EXPECT_THAT(Remarks(record),
              ElementsAre(Pair(v1::RECORD_REMARK_KIND_CLEARANCE_MISSING, "clearances")));
  v1::Clearance* leave = record.add_clearances();
  leave->set_kind(v1::CLEARANCE_KIND_TRANSIT_NO_OBJECTION);
  leave->set_state("PT");
  EXPECT_THAT(Remarks(record), IsEmpty());
  record.mutable_clearances(0)->set_state("AR");
  EXPECT_THAT(RemarksOn(record)[0].text(), HasSubstr("import licence of BR"));
}

TEST(RemarksOn, NoClearanceIsMissedWhereNoneIsNeededYet) {
  v1::TransferRecord application = ExampleLicence();
  application.clear_clearances();
  application.mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_PENDING);
  EXPECT_THAT(Remarks(application), IsEmpty());
  application.mutable_authorisation()->set_status(v1::AUTHORISATION_STATUS_GRANTED);
  EXPECT_EQ(Remarks(application).size(), 1u);
  v1::TransferRecord tanks = ExampleExport();
  tanks.clear_clearances();
  tanks.mutable_lines(0)->set_category(v1::ARMS_CATEGORY_BATTLE_TANKS);
  EXPECT_THAT(Remarks(tanks), IsEmpty());
}

TEST(RemarksOn, TheSameWeaponTwiceHoweverItsNumberIsWritten) {
  v1::TransferRecord record = ExampleExport();
  List("ABC-123", "Glock", &record);
  List("XYZ 9", "Glock", &record);
  List("abc 123", "Glock GmbH", &record);
  EXPECT_THAT(Remarks(record),
              ElementsAre(Pair(v1::RECORD_REMARK_KIND_LISTED_TWICE, "lines[0].items[2]")));
  EXPECT_THAT(RemarksOn(record)[0].text(), HasSubstr("lines[0].items[0]"));
}

TEST(RemarksOn, NotTheSameNumberOfAnotherMakerNorOneThatIsNotRead) {
  v1::TransferRecord record = ExampleExport();
  List("ABC123", "Glock", &record);
  List("ABC123", "Beretta", &record);
  EXPECT_THAT(Remarks(record), IsEmpty());
  // A line's maker is that of its items.
  record.mutable_lines(0)->mutable_manufacturer()->set_verbatim("Walther");
  List("ABC123", "", &record);
  for (const auto& [kind, field] : Remarks(record)) {
    EXPECT_NE(kind, v1::RECORD_REMARK_KIND_LISTED_TWICE) << field;
  }
  List("ABC123", "Walther", &record);
  EXPECT_THAT(Remarks(record),
              testing::Contains(Pair(v1::RECORD_REMARK_KIND_LISTED_TWICE, "lines[0].items[3]")));
}

TEST(RemarksOn, MarksThatWouldMakeATraceFail) {
  v1::TransferRecord record = ExampleExport();
  List("ABC123", "Glock", &record);
  List("", "Glock", &record);
  record.mutable_lines(0)->add_items()->mutable_ammunition_lot()->set_lot_number("L 1");
  EXPECT_THAT(Remarks(record), ElementsAre(Pair(v1::RECORD_REMARK_KIND_MARKS,
                                                "lines[0].items[1].weapon.serial_number")));
}

TEST(RemarksOn, AreBounded) {
  v1::TransferRecord record = ExampleExport();
  for (int i = 0; i < 500; ++i) List("", "Glock", &record);
  EXPECT_EQ(RemarksOn(record).size(), kRemarksMax);
}

}  // namespace
}  // namespace tracegate

#include "adapters/marking/routing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/marking/reading.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> StatesOf(const v1::Item& item) {
  std::vector<std::string> states;
  for (const v1::RouteStep& step : RouteOf(ReadItem(item))) states.push_back(step.state());
  return states;
}

v1::Item Made(const char* maker, const char* country) {
  v1::Item item;
  item.mutable_weapon()->mutable_manufacturer()->set_verbatim(maker);
  item.mutable_weapon()->mutable_country_of_manufacture()->set_verbatim(country);
  return item;
}

TEST(Routing, AsksTheNewestImporterFirstAndEachStateOnce) {
  v1::Item item = Pistol();
  AddMark(item, v1::MARK_KIND_IMPORT, "DE 09");
  AddMark(item, v1::MARK_KIND_IMPORT, "CAI ST ALB VT");
  AddMark(item, v1::MARK_KIND_IMPORT, "AT 19");
  AddMark(item, v1::MARK_KIND_STATE_TRANSFER, "FR");
  AddMark(item, v1::MARK_KIND_IMPORT, "DE 03");
  EXPECT_THAT(StatesOf(item), ElementsAre("AT", "DE", "US", "FR", "BR"));
  const auto route = RouteOf(ReadItem(item));
  EXPECT_EQ(route[0].reason(), v1::ROUTE_REASON_IMPORT_MARK);
  EXPECT_EQ(route[0].reason_note(), "import mark 'AT 19'");
  EXPECT_EQ(route[2].reason_note(), "importer Century Arms, import mark 'CAI ST ALB VT'");
  EXPECT_EQ(route[3].reason(), v1::ROUTE_REASON_STATE_TRANSFER_MARK);
  EXPECT_EQ(route[4].reason(), v1::ROUTE_REASON_COUNTRY_OF_MANUFACTURE);
}

TEST(Routing, PassesByMarksThatCannotBeRead) {
  v1::Item item = Pistol();
  AddMark(item, v1::MARK_KIND_IMPORT, "DE 09").set_legibility(v1::LEGIBILITY_REMOVED);
  AddMark(item, v1::MARK_KIND_IMPORT, "AT 09").set_legibility(v1::LEGIBILITY_ILLEGIBLE);
  AddMark(item, v1::MARK_KIND_PROPERTY, "FR");
  EXPECT_THAT(StatesOf(item), ElementsAre("BR"));
}

TEST(Routing, AsksTheSuccessorsOfAFormerStateTheMakersFirst) {
  EXPECT_THAT(StatesOf(Made("Zastava", "Yugoslavia")),
              ElementsAre("RS", "HR", "SI", "BA", "MK", "ME"));
  EXPECT_THAT(StatesOf(Made("HS Produkt", "YU")), ElementsAre("HR", "RS", "SI", "BA", "MK", "ME"));
  EXPECT_THAT(StatesOf(Made("", "DDR")), ElementsAre("DE"));
  for (const v1::RouteStep& step : RouteOf(ReadItem(Made("Zastava", "YU")))) {
    EXPECT_EQ(step.reason(), v1::ROUTE_REASON_SUCCESSOR_STATE);
  }
}

TEST(Routing, AsksTheSuccessorsOfAFormerImporterInTheirOrder) {
  v1::Item item = Made("HS Produkt", "");
  AddMark(item, v1::MARK_KIND_IMPORT, "YU 85");
  EXPECT_THAT(StatesOf(item), ElementsAre("RS", "HR", "SI", "BA", "MK", "ME"));
  AddMark(item, v1::MARK_KIND_IMPORT, "CS 04");
  EXPECT_EQ(RouteOf(ReadItem(item))[0].reason_note(),
            "import mark 'CS 04': Serbia and Montenegro is no more; a successor State");
}

TEST(Routing, AsksTheWorksWhereNoCountryIsTold) {
  EXPECT_THAT(StatesOf(Made("Glock", "")), ElementsAre("AT", "US", "SK"));
  EXPECT_EQ(RouteOf(ReadItem(Made("Glock", "")))[0].reason(), v1::ROUTE_REASON_MANUFACTURER_SITE);
  EXPECT_THAT(StatesOf(Made("Luger", "")), ElementsAre("DE"));
}

TEST(Routing, AsksTheWorksTooWhereTheCountryIsNotTheMakers) {
  EXPECT_THAT(StatesOf(Made("Taurus", "Brunei")), ElementsAre("BN", "BR", "US"));
  EXPECT_THAT(StatesOf(Made("Taurus", "EUA")), ElementsAre("US"));
}

TEST(Routing, ReadsTheCountryOffAManufactureMark) {
  v1::Item item;
  AddMark(item, v1::MARK_KIND_MANUFACTURE, "Made in Austria");
  EXPECT_THAT(StatesOf(item), ElementsAre("AT"));
}

TEST(Routing, LeadsNowhereWithoutMarks) {
  EXPECT_THAT(StatesOf(v1::Item()), IsEmpty());
  EXPECT_THAT(StatesOf(Made("Qwert", "Ignorado")), IsEmpty());
}

}  // namespace
}  // namespace tracegate

#include "adapters/marking/quality_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "adapters/marking/reading.h"
#include "adapters/marking/remark_texts.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

using testing::IsEmpty;

std::vector<v1::MarkRemark> Check(const v1::Item& item, std::string_view found_in = {}) {
  return CheckMarks(ItemReading(item), found_in);
}

TEST(QualityGate, HasNothingToSayOfAWellMarkedWeapon) {
  EXPECT_THAT(Check(Pistol(), "BR"), IsEmpty());
}

struct Flaw {
  const char* name;
  std::function<void(v1::Item&)> make;
  const char* field;
  v1::RemarkKind kind;
  v1::RemarkSeverity severity;
};

class FindsFlaw : public testing::TestWithParam<Flaw> {};

TEST_P(FindsFlaw, AndNothingElse) {
  v1::Item item = Pistol();
  GetParam().make(item);
  const std::vector<v1::MarkRemark> remarks = Check(item, "BR");
  ASSERT_EQ(remarks.size(), 1u);
  EXPECT_EQ(remarks[0].field(), GetParam().field);
  EXPECT_EQ(remarks[0].kind(), GetParam().kind) << remarks[0].message();
  EXPECT_EQ(remarks[0].severity(), GetParam().severity);
  EXPECT_NE(remarks[0].message(), "");
  EXPECT_EQ(StopsTrace(remarks), GetParam().severity == v1::REMARK_SEVERITY_ERROR);
}

std::function<void(v1::Item&)> Serial(const char* text) {
  return [text](v1::Item& item) { item.mutable_weapon()->set_serial_number(text); };
}

constexpr char kSerial[] = "weapon.serial_number";
constexpr auto kError = v1::REMARK_SEVERITY_ERROR;
constexpr auto kWarning = v1::REMARK_SEVERITY_WARNING;
constexpr auto kNote = v1::REMARK_SEVERITY_NOTE;

INSTANTIATE_TEST_SUITE_P(
    Flaws, FindsFlaw,
    testing::Values(
        Flaw{"missing", Serial(""), kSerial, v1::REMARK_KIND_SERIAL_MISSING, kError},
        Flaw{"word", Serial("prejudicado"), kSerial, v1::REMARK_KIND_SERIAL_MISSING, kError},
        Flaw{"removed", Serial("RASPADO"), kSerial, v1::REMARK_KIND_SERIAL_REMOVED, kError},
        Flaw{"never", Serial("SEM NUMERO"), kSerial, v1::REMARK_KIND_NEVER_MARKED, kError},
        Flaw{"little", Serial("?????12"), kSerial, v1::REMARK_KIND_SERIAL_TOO_LITTLE_READ, kError},
        Flaw{"partial", Serial("????123"), kSerial, v1::REMARK_KIND_SERIAL_PARTIAL, kWarning},
        Flaw{"short", Serial("12"), kSerial, v1::REMARK_KIND_SERIAL_TOO_LITTLE_READ, kWarning},
        Flaw{"model", Serial("PT-92"), kSerial, v1::REMARK_KIND_SERIAL_IS_MODEL, kError},
        Flaw{"token", Serial("1911"), kSerial, v1::REMARK_KIND_SERIAL_IS_MODEL, kWarning},
        Flaw{"calibre", Serial("9X19"), kSerial, v1::REMARK_KIND_SERIAL_IS_CALIBRE, kError},
        Flaw{"several", Serial("AZC123 e LZG456"), kSerial, v1::REMARK_KIND_SEVERAL_SERIALS,
             kError},
        Flaw{"restamped", Serial("REMARCADO PARA 123456"), kSerial, v1::REMARK_KIND_SERIAL_REMOVED,
             kWarning},
        Flaw{"exponent", Serial("1.23457E+11"), kSerial, v1::REMARK_KIND_SPREADSHEET_DAMAGE,
             kError},
        Flaw{"decimal", Serial("123456.0"), kSerial, v1::REMARK_KIND_SPREADSHEET_DAMAGE, kWarning},
        Flaw{"date", Serial("24/07/2021"), kSerial, v1::REMARK_KIND_SPREADSHEET_DAMAGE, kError},
        Flaw{"error", Serial("#VALUE!"), kSerial, v1::REMARK_KIND_SPREADSHEET_DAMAGE, kError},
        Flaw{"of the barrel", Serial("TJX12345 (cano)"), kSerial, v1::REMARK_KIND_SERIAL_OF_PART,
             kWarning},
        Flaw{"of the slide by its mark",
             [](v1::Item& item) {
               v1::Mark& mark = AddMark(item, v1::MARK_KIND_SERIAL, "TJX12345");
               mark.set_part(v1::WEAPON_PART_SLIDE);
             },
             kSerial, v1::REMARK_KIND_SERIAL_OF_PART, kWarning},
        Flaw{"not of the maker",
             [](v1::Item& item) {
               item.mutable_weapon()->mutable_manufacturer()->set_verbatim("GLOCK");
               item.mutable_weapon()->mutable_country_of_manufacture()->clear_verbatim();
             },
             kSerial, v1::REMARK_KIND_SERIAL_NOT_OF_MAKER, kWarning},
        Flaw{"of other years",
             [](v1::Item& item) {
               item.mutable_weapon()->set_serial_number("ABC1234");
               item.mutable_weapon()->mutable_manufacturer()->set_verbatim("SMITH & WESSON");
               item.mutable_weapon()->mutable_country_of_manufacture()->clear_verbatim();
               item.mutable_weapon()->set_year_of_manufacture(1979);
             },
             kSerial, v1::REMARK_KIND_SERIAL_NOT_OF_MAKER, kWarning},
        Flaw{"converted",
             [](v1::Item& item) { item.mutable_weapon()->set_type_verbatim("de fogueo adaptada"); },
             "weapon.modifications", v1::REMARK_KIND_NOT_FACTORY_MADE, kWarning},
        Flaw{"printed without a number",
             [](v1::Item& item) {
               item.mutable_weapon()->clear_serial_number();
               item.mutable_weapon()->set_production(v1::PRODUCTION_KIND_PRINTED);
             },
             "weapon.production", v1::REMARK_KIND_NOT_FACTORY_MADE, kError},
        Flaw{"mixed", Serial("\u0410B12345"), kSerial, v1::REMARK_KIND_TEXT_NORMALISED, kWarning},
        Flaw{"status",
             [](v1::Item& item) {
               item.mutable_weapon()->clear_serial_number();
               item.mutable_weapon()->set_serial_status(v1::SERIAL_STATUS_OBLITERATED);
             },
             kSerial, v1::REMARK_KIND_SERIAL_REMOVED, kError},
        Flaw{"no maker",
             [](v1::Item& item) {
               item.mutable_weapon()->mutable_manufacturer()->set_verbatim("OUTROS");
             },
             "weapon.manufacturer", v1::REMARK_KIND_MANUFACTURER_MISSING, kWarning},
        Flaw{"unknown maker",
             [](v1::Item& item) {
               item.mutable_weapon()->mutable_manufacturer()->set_verbatim("Qwert");
             },
             "weapon.manufacturer", v1::REMARK_KIND_MANUFACTURER_UNKNOWN, kWarning},
        Flaw{"no model", [](v1::Item& item) { item.mutable_weapon()->clear_model(); },
             "weapon.model", v1::REMARK_KIND_MODEL_MISSING, kNote},
        Flaw{"model a date",
             [](v1::Item& item) {
               item.mutable_weapon()->mutable_model()->set_verbatim("2021-07-24 00:00:00");
             },
             "weapon.model", v1::REMARK_KIND_SPREADSHEET_DAMAGE, kWarning},
        Flaw{"no calibre", [](v1::Item& item) { item.mutable_weapon()->clear_calibre(); },
             "weapon.calibre", v1::REMARK_KIND_CALIBRE_MISSING, kWarning},
        Flaw{"bare calibre",
             [](v1::Item& item) { item.mutable_weapon()->mutable_calibre()->set_verbatim("9 mm"); },
             "weapon.calibre", v1::REMARK_KIND_CALIBRE_AMBIGUOUS, kWarning},
        Flaw{"odd calibre",
             [](v1::Item& item) { item.mutable_weapon()->mutable_calibre()->set_verbatim("9x91"); },
             "weapon.calibre", v1::REMARK_KIND_CALIBRE_UNKNOWN, kWarning},
        Flaw{"no such State",
             [](v1::Item& item) {
               item.mutable_weapon()->mutable_country_of_manufacture()->set_verbatim("Atlantis");
             },
             "weapon.country_of_manufacture", v1::REMARK_KIND_COUNTRY_UNKNOWN, kWarning},
        Flaw{"import unreadable",
             [](v1::Item& item) { AddMark(item, v1::MARK_KIND_IMPORT, "QQ 19"); },
             "weapon.marks[0].text", v1::REMARK_KIND_IMPORT_MARK_UNREADABLE, kWarning},
        Flaw{"antique",
             [](v1::Item& item) { item.mutable_weapon()->set_year_of_manufacture(1899); },
             "weapon.year_of_manufacture", v1::REMARK_KIND_MADE_BEFORE_SCOPE, kNote}),
    [](const testing::TestParamInfo<Flaw>& info) { return "Case" + std::to_string(info.index); });

std::vector<v1::RemarkKind> Kinds(const std::vector<v1::MarkRemark>& remarks) {
  std::vector<v1::RemarkKind> kinds;
  for (const v1::MarkRemark& remark : remarks) kinds.push_back(remark.kind());
  return kinds;
}

TEST(QualityGate, NoticesACountryThatIsNotTheMakers) {
  v1::Item item = Pistol();
  item.mutable_weapon()->mutable_country_of_manufacture()->set_verbatim("Brunei");
  EXPECT_THAT(Kinds(Check(item)), testing::ElementsAre(v1::REMARK_KIND_COUNTRY_CONTRADICTS_MAKER));
  item.mutable_weapon()->mutable_country_of_manufacture()->set_verbatim("EUA");
  EXPECT_THAT(Check(item), IsEmpty());
}

TEST(QualityGate, TakesAFormerStateOfTheMakersForItsCountry) {
  v1::Item item = Pistol();
  item.mutable_weapon()->mutable_manufacturer()->set_verbatim("ZASTAVA");
  item.mutable_weapon()->mutable_country_of_manufacture()->set_verbatim("Yugoslavia");
  EXPECT_THAT(Kinds(Check(item)), testing::ElementsAre(v1::REMARK_KIND_COUNTRY_FORMER));
}

TEST(QualityGate, MissesTheImportMarkOfAForeignWeaponOnly) {
  EXPECT_THAT(Kinds(Check(Pistol(), "AR")),
              testing::ElementsAre(v1::REMARK_KIND_IMPORT_MARK_MISSING));
  v1::Item item = Pistol();
  AddMark(item, v1::MARK_KIND_IMPORT, "AR 09");
  EXPECT_THAT(Check(item, "AR"), IsEmpty());
  EXPECT_THAT(Check(Pistol()), IsEmpty());
}

TEST(QualityGate, SaysWhenTheMarksLeadNowhere) {
  v1::Item item = Pistol();
  item.mutable_weapon()->mutable_manufacturer()->set_verbatim("Qwert");
  item.mutable_weapon()->clear_country_of_manufacture();
  EXPECT_THAT(Kinds(Check(item)), testing::ElementsAre(v1::REMARK_KIND_MANUFACTURER_UNKNOWN,
                                                       v1::REMARK_KIND_NO_STATE_TO_ASK));
}

TEST(QualityGate, ChecksAnEssentialPartUnderItsOwnPath) {
  v1::Item item;
  item.mutable_essential_part()->set_part(v1::WEAPON_PART_BARREL);
  const auto remarks = Check(item);
  EXPECT_TRUE(StopsTrace(remarks));
  EXPECT_EQ(remarks.front().field(), "essential_part.serial_number");
  item.mutable_essential_part()->set_serial_number("AB12345");
  EXPECT_FALSE(StopsTrace(Check(item)));
}

TEST(QualityGate, SaysNothingOfANumberOnFrameAndPart) {
  v1::Item item = Pistol();
  AddMark(item, v1::MARK_KIND_SERIAL, "TJX12345").set_part(v1::WEAPON_PART_SLIDE);
  AddMark(item, v1::MARK_KIND_SERIAL, "TJX12345").set_part(v1::WEAPON_PART_FRAME);
  EXPECT_THAT(Check(item, "BR"), IsEmpty());
}

TEST(QualityGate, SaysWhatCanBeAskedOfWhatNoFactoryMade) {
  v1::Item item;
  item.mutable_weapon()->mutable_manufacturer()->set_verbatim("ARTESANAL");
  item.mutable_weapon()->mutable_calibre()->set_verbatim("9x19");
  const auto remarks = Check(item, "BR");
  EXPECT_THAT(Kinds(remarks), testing::ElementsAre(v1::REMARK_KIND_NOT_FACTORY_MADE,
                                                   v1::REMARK_KIND_NO_STATE_TO_ASK));
  EXPECT_THAT(remarks[0].message(), testing::HasSubstr("'ARTESANAL'"));
  EXPECT_THAT(remarks[0].help(), testing::HasSubstr("proof mark"));
}

TEST(QualityGate, SpeaksTheLanguageOfTheAsker) {
  v1::Item item = Pistol();
  item.mutable_weapon()->set_serial_number("1911");
  const auto message = [&](std::string_view language) {
    return CheckMarks(ItemReading(item), "BR", language)[0].message();
  };
  EXPECT_EQ(message("pt-BR"),
            "O n\u00FAmero de s\u00E9rie '1911' \u00E9 mais vezes um modelo que um n\u00FAmero de "
            "s\u00E9rie.");
  EXPECT_EQ(message("tlh"), message("en"));
  EXPECT_NE(message("es"), message("en"));
  EXPECT_NE(message("fr"), message("es"));
}

TEST(QualityGate, StopsAmmunitionAndNothingAtAll) {
  v1::Item lot;
  lot.mutable_ammunition_lot()->set_lot_number("L1");
  EXPECT_THAT(Kinds(Check(lot)), testing::ElementsAre(v1::REMARK_KIND_OUT_OF_SCOPE));
  EXPECT_TRUE(StopsTrace(Check(lot)));
  EXPECT_TRUE(StopsTrace(Check(v1::Item())));
}

}  // namespace
}  // namespace tracegate

#include "adapters/marking/weapon_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "adapters/marking/confusion.h"
#include "adapters/marking/match.h"
#include "adapters/marking/serial_forms.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

WrittenWeapon Pistol(const std::string& serial) {
  return {.make = "Taurus", .model = "PT 92", .calibre = "9x19", .serial = serial, .year = "1999"};
}

// A registry, its weapons' ids their numbers from 0.
class WeaponIndexTest : public testing::Test {
 protected:
  void Register(const WrittenWeapon& weapon) {
    ASSERT_TRUE(rows_.Add(std::to_string(rows_.Count()), weapon).ok());
  }

  WeaponIndex::Answer Ask(const WrittenWeapon& weapon, size_t top = 10) {
    if (index_ == nullptr) index_ = *WeaponIndex::Build(std::move(rows_));
    return index_->Find(ItemReading(ItemOf(weapon)), top);
  }

  std::string MakeOf(uint32_t row) const {
    return index_->Rows().ReadOf(row).manufacturer().verbatim();
  }

  // The ids of the candidates, best first.
  std::vector<std::string> Found(const WrittenWeapon& weapon) {
    std::vector<std::string> ids;
    for (const auto& candidate : Ask(weapon).candidates)
      ids.emplace_back(index_->Rows().Id(candidate.row));
    return ids;
  }

  // The ids of those that are said to be the weapon.
  std::vector<std::string> Identified(const WrittenWeapon& weapon) {
    std::vector<std::string> ids;
    for (const auto& candidate : Ask(weapon).candidates)
      if (candidate.identity) ids.emplace_back(index_->Rows().Id(candidate.row));
    return ids;
  }

 private:
  WeaponRows rows_;
  std::unique_ptr<WeaponIndex> index_;
};

TEST_F(WeaponIndexTest, IdentifiesTheSerialAsWrittenLayoutAndScriptAside) {
  Register(Pistol("TJX12345"));
  Register(Pistol("TLK99881"));
  for (const char* serial :
       {"TJX12345", "tjx 12345", "TJX-123.45", "TJX\u0661\u0662\u0663\u0664\u0665"})
    EXPECT_THAT(Identified(Pistol(serial)), ElementsAre("0")) << serial;
  EXPECT_THAT(Identified(Pistol("TJX12344")), IsEmpty());
}

TEST_F(WeaponIndexTest, TakesNoConfusedPartialOrRestoredNumberForTheWeapon) {
  Register(Pistol("TJX12305"));
  for (const char* serial : {"TJX123O5", "TJXI2305", "TJX1230?", "TJX12305 (revelado)",
                             "TJX12305 - RASPADO", "TJX12305 (remarcado)", "A55 e TJX12305"}) {
    EXPECT_THAT(Found(Pistol(serial)), ElementsAre("0")) << serial;
    EXPECT_THAT(Identified(Pistol(serial)), IsEmpty()) << serial;
  }
}

TEST_F(WeaponIndexTest, IdentifiesNothingWithoutTheMakerOrAgainstAField) {
  Register(Pistol("TJX12345"));
  WrittenWeapon asked = Pistol("TJX12345");
  EXPECT_THAT(Identified(asked), ElementsAre("0"));
  for (const char* make : {"", "Glock", "ignorado"}) {
    asked = Pistol("TJX12345");
    asked.make = make;
    EXPECT_THAT(Identified(asked), IsEmpty()) << make;
    EXPECT_THAT(Found(asked), ElementsAre("0")) << make;
  }
  asked = Pistol("TJX12345");
  asked.model = "PT 100";
  EXPECT_THAT(Identified(asked), IsEmpty());
  asked = Pistol("TJX12345");
  asked.calibre = ".40 S&W";
  EXPECT_THAT(Identified(asked), IsEmpty());
  asked = Pistol("TJX12345");
  asked.year = "2000";
  EXPECT_THAT(Identified(asked), IsEmpty());
  asked.year = "";
  EXPECT_THAT(Identified(asked), ElementsAre("0"));
}

TEST_F(WeaponIndexTest, HoldsMakersThatNoCatalogueKnowsAgainstEachOtherAsWritten) {
  WrittenWeapon weapon = Pistol("TJX12345");
  weapon.make = "Qwertzu Arms";
  Register(weapon);
  weapon.make = "QWERTZU-ARMS";
  EXPECT_THAT(Identified(weapon), ElementsAre("0"));
  weapon.make = "Qwertzu";
  EXPECT_THAT(Identified(weapon), IsEmpty());
}

TEST_F(WeaponIndexTest, ChoosesNoneOfTwoThatBothAgree) {
  Register(Pistol("TJX12345"));
  Register(Pistol("TJX 12345"));
  EXPECT_THAT(Found(Pistol("TJX12345")), ElementsAre("0", "1"));
  EXPECT_THAT(Identified(Pistol("TJX12345")), IsEmpty());
  EXPECT_TRUE(Ask(Pistol("TJX12345")).in_doubt);
}

TEST_F(WeaponIndexTest, TellsTwoOfOneNumberApartByTheModelButNotByTheCalibreAlone) {
  Register(Pistol("TJX12345"));
  WrittenWeapon other = Pistol("TJX12345");
  other.model = "PT 100";
  Register(other);
  EXPECT_THAT(Identified(Pistol("TJX12345")), ElementsAre("0"));
  EXPECT_THAT(Identified(other), ElementsAre("1"));
}

TEST_F(WeaponIndexTest, LeavesInDoubtWhatOnlyTheCalibreTellsApart) {
  Register(Pistol("TJX12345"));
  WrittenWeapon other = Pistol("TJX12345");
  other.calibre = ".40 S&W";
  Register(other);
  EXPECT_THAT(Found(other), ElementsAre("1", "0"));
  EXPECT_THAT(Identified(other), IsEmpty());
  EXPECT_TRUE(Ask(other).in_doubt);
}

TEST_F(WeaponIndexTest, TakesTheNumberAsWrittenBeforeOneThatItMayBeAMisreadingOf) {
  Register(Pistol("123456"));
  Register(Pistol("123459"));  // 6 and 9, turned
  EXPECT_THAT(Found(Pistol("123456")), ElementsAre("0", "1"));
  EXPECT_THAT(Identified(Pistol("123456")), ElementsAre("0"));
  EXPECT_THAT(Identified(Pistol("123459")), ElementsAre("1"));
}

TEST_F(WeaponIndexTest, IdentifiesNoneOfTwoNumbersOfWhichOneMayBeTheRestOfTheOther) {
  Register(Pistol("TJX12345"));
  Register(Pistol("12345"));
  WrittenWeapon other = Pistol("12345");
  other.model = "PT 100";
  Register(other);
  EXPECT_THAT(Identified(Pistol("12345")), IsEmpty());
  EXPECT_THAT(Identified(Pistol("TJX12345")), IsEmpty());
  EXPECT_THAT(Identified(other), ElementsAre("2")) << "the longer number is on another model";
}

TEST_F(WeaponIndexTest, IdentifiesNoneWhereAMisreadNumberWouldAgreeBetter) {
  WrittenWeapon bare = Pistol("123456");
  bare.model = "";
  Register(bare);
  Register(Pistol("123459"));
  EXPECT_THAT(Identified(Pistol("123456")), IsEmpty());
  EXPECT_TRUE(Ask(Pistol("123456")).in_doubt);
  EXPECT_THAT(Identified(bare), ElementsAre("0"));
}

struct Misread {
  const char* registered;
  const char* asked;
};

class FindsAgain : public WeaponIndexTest, public testing::WithParamInterface<Misread> {};

TEST_P(FindsAgain, AmongOthers) {
  std::mt19937 random(5);
  for (int i = 0; i < 3000; ++i) {
    WrittenWeapon other = Pistol("T" + std::to_string(100000 + random() % 900000));
    other.model = "PT 24/7";
    Register(other);
  }
  Register(Pistol(GetParam().registered));
  const std::vector<std::string> found = Found(Pistol(GetParam().asked));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), "3000");
  EXPECT_THAT(Identified(Pistol(GetParam().asked)), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Misreadings, FindsAgain,
    testing::Values(Misread{"TJX12345", "TJXI2345"}, Misread{"TJX12838", "TJX12333"},
                    Misread{"TJX60234", "TJX90234"}, Misread{"0012345", "12345"},
                    Misread{"TJX12345", "12345"}, Misread{"TJX12345", "TJX13245"},
                    Misread{"TJX12345", "TJX1245"}, Misread{"TJX1245", "TJX12345"},
                    Misread{"TJX12345", "TJX1??45"}, Misread{"TJX12345", "?JX1?3?5"},
                    Misread{"TJX12345", "????2345"}, Misread{"TJX12345", "TJX1..."},
                    Misread{"TJX1?345", "TJX12345"}, Misread{"TJX1??45", "TJX12345"},
                    Misread{"TJX12345 (cano 8871)", "8871"}, Misread{"\u0420\u041D1234", "PH1234"},
                    Misread{"\u0420\u041D1234", "RN1234"}));

TEST_F(WeaponIndexTest, FindsEachCharacterThatIsTakenForTheOneAskedForAndNoOther) {
  const std::string characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const auto with = [](char c) { return std::string("WK7") + c + "583"; };
  for (const char c : characters) Register(Pistol(with(c)));
  size_t found = 0;
  for (const char asked : characters) {
    std::string taken;
    for (const auto& candidate : Ask(Pistol(with(asked)), characters.size()).candidates)
      taken += characters[candidate.row];
    std::sort(taken.begin(), taken.end());
    std::string expected;
    for (const char c : characters) {
      if (AreConfusable(asked, c)) expected += c;
    }
    EXPECT_EQ(taken, expected) << asked;
    found += taken.size();
  }
  EXPECT_GT(found, characters.size());
}

TEST_F(WeaponIndexTest, ReadsSerialsThatAreMoreThanTheirNumberAsTheyStand) {
  const std::vector<std::string> serials = {
      "TJX12345", "tjx12345", "TJX 12345", "TJX12345 (cano)", "TJX12345 (revelado)", "1911",
      "TJX1234?", "",         "N/A"};
  WeaponRows rows;
  for (const std::string& serial : serials) ASSERT_TRUE(rows.Add("1", Pistol(serial)).ok());
  for (uint32_t row = 0; row < serials.size(); ++row) {
    EXPECT_EQ(rows.Serial(row), serials[row]);
    EXPECT_TRUE(rows.ReadSerialOf(row) == ReadSerial(serials[row])) << serials[row];
    std::vector<std::string> forms;
    rows.EachForm(row, [&](std::string_view form) { forms.emplace_back(form); });
    EXPECT_EQ(forms, FormsOf(ReadSerial(serials[row]))) << serials[row];
  }
}

TEST_F(WeaponIndexTest, FindsNothingForAnotherNumberOrForNone) {
  Register(Pistol("TJX12345"));
  Register(Pistol("RASPADO"));
  Register(Pistol(""));
  for (const char* serial : {"KLM98761", "RASPADO", "", "*", "????????", "...", "0"})
    EXPECT_THAT(Found(Pistol(serial)), IsEmpty()) << serial;
}

TEST_F(WeaponIndexTest, JudgesEachRowAsCompareDoes) {
  std::mt19937 random(11);
  const std::vector<std::string> makes = {"Taurus", "Rossi", "", "Glock", "Qwert"};
  const std::vector<std::string> calibres = {"9x19", "9 mm", ".40 S&W", ""};
  const auto draw = [&] {
    WrittenWeapon weapon = Pistol("A" + std::to_string(random() % 40));
    weapon.make = makes[random() % makes.size()];
    weapon.calibre = calibres[random() % calibres.size()];
    weapon.year = random() % 2 == 0 ? "1999" : "";
    weapon.serial += std::to_string(100 + random() % 3);
    return weapon;
  };
  std::vector<WrittenWeapon> registered;
  for (int i = 0; i < 300; ++i) Register(registered.emplace_back(draw()));
  size_t compared = 0;
  for (int i = 0; i < 50; ++i) {
    const WrittenWeapon asked = draw();
    for (const auto& candidate : Ask(asked).candidates) {
      v1::RegistryRecord record;
      *record.mutable_firearm() = ItemOf(registered[candidate.row]).weapon();
      v1::Candidate expected = Compare(ItemOf(asked), record);
      expected.clear_record();
      EXPECT_EQ(candidate.match->SerializeAsString(), expected.SerializeAsString());
      ++compared;
    }
  }
  EXPECT_GT(compared, 50u);
}

TEST_F(WeaponIndexTest, AnswersInTheOrderOfTheScoreAndNoMoreThanAsked) {
  for (int i = 0; i < 30; ++i) Register(Pistol("TJX12345"));
  const auto answer = Ask(Pistol("TJX1234S"), 7);
  EXPECT_EQ(answer.candidates.size(), 7u);
  for (size_t i = 1; i < answer.candidates.size(); ++i)
    EXPECT_GE(answer.candidates[i - 1].match->score(), answer.candidates[i].match->score());
}

TEST_F(WeaponIndexTest, IdentifiesNoneOfMoreWeaponsThanItLooksAt) {
  for (int i = 0; i < 100000; ++i) {
    WrittenWeapon weapon = Pistol("12345");
    weapon.model = i == 99999 ? "PT 92" : "PT " + std::to_string(i % 50);
    Register(weapon);
  }
  EXPECT_THAT(Identified(Pistol("12345")), IsEmpty());
  EXPECT_EQ(Ask(Pistol("12345")).candidates.size(), 10u);
}

TEST_F(WeaponIndexTest, PutsTheMakerAndCalibreAskedForFirstWhereManyShareANumber) {
  for (int i = 0; i < 5000; ++i) {
    WrittenWeapon weapon = Pistol("12345");
    weapon.make = "Maker " + std::to_string(i % 100);
    Register(weapon);
  }
  Register(Pistol("12345"));
  for (int i = 0; i < 5000; ++i) {
    WrittenWeapon weapon = Pistol("12345");
    weapon.make = "Other " + std::to_string(i % 100);
    Register(weapon);
  }
  EXPECT_EQ(Found(Pistol("12345")).front(), "5000");
  // Not every weapon of that number was looked at.
  EXPECT_THAT(Identified(Pistol("12345")), IsEmpty());
}

// Of another maker, and the number is another: no one would ask about them who has a better answer.
TEST_F(WeaponIndexTest, PassesByStrangersWhereAnythingIsMuchBetter) {
  Register(Pistol("TJX12345"));
  for (const char* make : {"Glock", "Rossi", "Nobody's Arms", ""}) {
    for (int i = 0; i < 5; ++i) {
      WrittenWeapon weapon = Pistol("TJX1234");
      weapon.make = make;
      Register(weapon);
    }
  }
  const auto makes_found = [&](const WrittenWeapon& weapon) {
    std::set<std::string> makes;
    for (const auto& candidate : Ask(weapon, 100).candidates) makes.insert(MakeOf(candidate.row));
    return makes;
  };
  EXPECT_THAT(makes_found(Pistol("TJX12345")),
              UnorderedElementsAre("Taurus", "Rossi", "Nobody's Arms", ""))
      << "Rossi's records are with Taurus";
  EXPECT_THAT(makes_found(Pistol("TJX12346")), Contains("Glock"));
  EXPECT_THAT(makes_found(Pistol("TJX1234")), Contains("Glock")) << "the same number";
  WrittenWeapon of_nobody = Pistol("TJX12345");
  of_nobody.make = "Nobody's Arms";
  EXPECT_THAT(makes_found(of_nobody), Contains("Glock")) << "who may be any";
}

TEST_F(WeaponIndexTest, BearsSerialsOfAnyLength) {
  Register(Pistol("TJX12345"));
  Register(Pistol(std::string(10000, '7')));
  EXPECT_THAT(Found(Pistol(std::string(10000, '8'))), IsEmpty());
  EXPECT_THAT(Found(Pistol(std::string(10000, '7'))), ElementsAre("1"));
  EXPECT_THAT(Found(Pistol("TJX" + std::string(10000, '?'))), IsEmpty());
  WeaponRows rows;
  EXPECT_FALSE(rows.Add("1", Pistol(std::string(WeaponRows::kSerialBytesMax + 1, '7'))).ok());
  EXPECT_FALSE(rows.Add(std::string(WeaponRows::kIdBytesMax + 1, '7'), Pistol("1")).ok());
  EXPECT_EQ(rows.Count(), 0u);
}

TEST(WeaponIndex, OfNoWeaponsFindsNone) {
  const auto index = *WeaponIndex::Build(WeaponRows());
  EXPECT_THAT(index->Find(ItemReading(ItemOf(Pistol("TJX12345"))), 10).candidates, IsEmpty());
}

TEST(WrittenWeaponTest, TellsYearsFromOtherNumbers) {
  EXPECT_EQ(YearOf(" 1999 "), 1999);
  EXPECT_EQ(YearOf("1999.0"), 1999);
  for (const char* cell : {"", "99", "19990", "1999.5", "1499", "2200", "199x", "-199"})
    EXPECT_EQ(YearOf(cell), 0) << cell;
}

}  // namespace
}  // namespace tracegate

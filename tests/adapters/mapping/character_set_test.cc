#include "adapters/mapping/character_set.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

CharacterSet Named(const std::string& name) {
  auto set = CharacterSet::Named(name);
  EXPECT_TRUE(set.ok()) << name << ": " << set.status();
  return set.ok() ? *std::move(set) : CharacterSet();
}

TEST(CharacterSet, ReadsAndWritesWhatRegistriesStore) {
  struct Case {
    const char* set;
    std::string bytes;
    const char* text;
  };
  for (const Case& one :
       {Case{"ISO-8859-1", "pist\xF3la \xDF", "pistóla ß"},
        Case{"windows-1251", "\xC8\xE6\xEC\xE5\xF5 7", "Ижмех 7"},
        Case{"IBM037", "\xC1\xC2\x40\xF0\xF7", "AB 07"}, Case{"IBM437", "\x81\x9C", "ü£"}}) {
    EXPECT_EQ(Named(one.set).Decode(one.bytes), one.text) << one.set;
    EXPECT_EQ(Named(one.set).Encode(one.text), one.bytes) << one.set;
  }
}

TEST(CharacterSet, IsUtf8WhereNothingElseIsSaid) {
  for (const char* name : {"", "UTF-8", "utf8"}) {
    EXPECT_TRUE(Named(name).is_utf8()) << name;
    EXPECT_EQ(Named(name).Decode("Ижмех \xFF"), "Ижмех \xFF");
    EXPECT_EQ(Named(name).Encode("Ижмех"), "Ижмех");
  }
}

TEST(CharacterSet, LeavesBytesThatAreNoCharacterAsTheyAre) {
  EXPECT_EQ(Named("windows-1251").Decode("\xC8\x98"), "И\x98");
}

TEST(CharacterSet, DoesNotPretendToWriteWhatItCannot) {
  EXPECT_EQ(Named("ISO-8859-1").Encode("Ж7"), std::nullopt);
  EXPECT_EQ(Named("windows-1251").Encode("ó"), std::nullopt);
  EXPECT_EQ(Named("IBM037").Encode("7\xF0"), std::nullopt) << "no UTF-8";
  EXPECT_EQ(Named("IBM037").Encode(""), "");
}

TEST(CharacterSet, GivesBackEveryByteThatIsACharacter) {
  std::string printable;
  for (int i = 0xA0; i < 0x100; ++i) printable += static_cast<char>(i);
  EXPECT_EQ(Named("ISO-8859-1").Encode(Named("ISO-8859-1").Decode(printable)), printable);
  EXPECT_EQ(Named("windows-1251").Encode(Named("windows-1251").Decode(printable)), printable);
}

TEST(CharacterSet, ReadsBothLineEndsOfEbcdic) {
  EXPECT_EQ(Named("IBM037").Decode("\xF1\x15\xF2\x25\xF3\x0D\x25"), "1\n2\n3\r\n");
}

TEST(CharacterSet, SaysWhatIsWrongWithAName) {
  EXPECT_THAT(CharacterSet::Named("latin").status().message(),
              testing::HasSubstr("no character set"));
  for (const char* name : {"Shift_JIS", "UTF-16", "GB18030"}) {
    EXPECT_THAT(CharacterSet::Named(name).status().message(), testing::HasSubstr("several bytes"));
  }
}

}  // namespace
}  // namespace tracegate

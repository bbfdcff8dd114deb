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

TEST(CharacterSet, ReadsAndWritesCharactersOfSeveralBytes) {
  using std::string_literals::operator""s;
  struct Case {
    const char* set;
    std::string bytes;
    const char* text;
  };
  for (const Case& one :
       {Case{"Shift_JIS", "\x8F\x65\x83\x7C|\x83\x5C", "銃ポ|ソ"},
        Case{"Big5", "\xA8\x7C|7", "育|7"},
        Case{"GB18030", "\xC7\xB9\x94\x39\xFC\x36\x82\x7C", "枪😀倈"},
        Case{"EUC-KR", "\xC3\xD1 7", "총 7"}, Case{"UTF-16LE", "\x83\x92|\0"s, "銃|"}}) {
    EXPECT_TRUE(Named(one.set).has_several_bytes()) << one.set;
    EXPECT_EQ(Named(one.set).Decode(one.bytes), one.text) << one.set;
    EXPECT_EQ(Named(one.set).Encode(one.text), one.bytes) << one.set;
  }
  EXPECT_EQ(Named("UTF-16").Decode("\xFF\xFE\x83\x92"), "銃") << "as its mark says";
  EXPECT_EQ(Named("UTF-16").Decode("\xFE\xFF\x92\x83"), "銃");
  EXPECT_EQ(Named("Shift_JIS").Encode("총"), std::nullopt);
  EXPECT_FALSE(Named("ISO-8859-1").has_several_bytes());
}

TEST(CharacterSet, ReadsLongTextsOfSeveralBytes) {
  std::string bytes = "x", text = "x";  // so that a pair of UTF-16 stands on every boundary
  for (int i = 0; i < 20'000; ++i) {
    bytes += "\x94\x39\xFC\x36";
    text += "😀";
  }
  EXPECT_EQ(Named("GB18030").Decode(bytes), text);
}

TEST(CharacterSet, LeavesNoDelimiterOfACharacterThatIsNone) {
  using std::string_literals::operator""s;
  EXPECT_EQ(Named("Shift_JIS").Decode("A\x85\x7C|B"), "A\xFF|B") << "none has that code";
  EXPECT_EQ(Named("Shift_JIS").Decode("A\x83\nB"), "A\xFF\nB") << "no second byte";
  EXPECT_EQ(Named("Shift_JIS").Decode("A\x83"), "A\xFF") << "cut";
  EXPECT_EQ(Named("UTF-16LE").Decode("\"\xD8|\0"s), "\xFF|") << "half a pair";
  EXPECT_EQ(Named("UTF-16LE").Decode("A\0B"s), "A\xFF") << "half a unit";
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
  for (const char* name : {"ISO-2022-JP", "HZ-GB-2312", "UTF-7"}) {
    EXPECT_THAT(CharacterSet::Named(name).status().message(), testing::HasSubstr("switches"));
  }
}

}  // namespace
}  // namespace tracegate

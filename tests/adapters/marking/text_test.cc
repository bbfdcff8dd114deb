#include "adapters/marking/text.h"

#include <gtest/gtest.h>

#include "adapters/marking/look_alike.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

TEST(Text, ComposesToNfcAndLeavesNfcAlone) {
  EXPECT_EQ(Nfc("e\u0301"), "\u00E9");
  EXPECT_EQ(Nfc("\u00E9"), "\u00E9");
  EXPECT_EQ(Nfc(Nfc("A\u030A\u0327")), Nfc("A\u030A\u0327"));
}

TEST(Text, FoldsWidthDigitsAndDiacritics) {
  EXPECT_EQ(FoldWord("Tchecoslov\u00E1quia"), "TCHECOSLOVAQUIA");
  EXPECT_EQ(FoldWord("\uFF21\uFF22\uFF11\uFF12"), "AB12");
  EXPECT_EQ(FoldWord("\u0660\u0661\u0665"), "015");
  EXPECT_EQ(FoldWord("\u06F0\u06F1\u06F5"), "015");
  EXPECT_EQ(FoldWord("Smith & Wesson"), FoldWord("SMITH-&-WESSON"));
  EXPECT_EQ(FoldWord("\u0141ucznik"), "LUCZNIK");
  EXPECT_EQ(FoldWord("Stra\u00DFe"), "STRASSE");
  EXPECT_EQ(FoldWord("..--  "), "");
}

TEST(Text, FoldsPhrasesWithSingleSpaces) {
  EXPECT_EQ(FoldPhrase("  CAI,  St. Alb  VT "), "CAI ST ALB VT");
}

TEST(Text, TellsTheScriptOfTheLetters) {
  EXPECT_EQ(ScriptOf("AB 12"), "Latn");
  EXPECT_EQ(ScriptOf("\u0420\u041D 1234"), "Cyrl");
  EXPECT_EQ(ScriptOf("\u0391\u0392"), "Grek");
  EXPECT_EQ(ScriptOf("\u0661\u0662"), "Arab");
  EXPECT_EQ(ScriptOf("1234"), "Zyyy");
  EXPECT_EQ(ScriptOf(""), "");
}

TEST(Text, NoticesScriptsThatAreMixed) {
  EXPECT_TRUE(MixesScripts("\u0410B12"));
  EXPECT_EQ(ScriptOf("\u0410B12"), "Zyyy");
  EXPECT_FALSE(MixesScripts("AB12"));
}

TEST(Text, WritesCyrillicByLookAndBySound) {
  EXPECT_EQ(LatinByLook("\u0420\u041D1234"), "PH1234");
  EXPECT_EQ(LatinBySound("\u0420\u041D1234"), "RN1234");
  EXPECT_EQ(LatinByLook("\u0416\u0414"), "ZHD");
  EXPECT_EQ(LatinByLook("\u9023"), "\u9023");
}

TEST(Text, TakesEndlessCombiningMarksInLinearTime) {
  std::string text = "a";
  while (text.size() < 64 * 1024) text += "\u0301\u0323";
  EXPECT_EQ(Nfc(text), text);
  EXPECT_EQ(FoldWord(text), "A");
}

TEST(Text, TurnsBytesThatAreNoTextIntoText) {
  for (const std::string& bytes :
       {std::string("\xED\xA0\x80"), std::string("\xFF\xFE"), std::string("\0A\0", 3)}) {
    EXPECT_EQ(ValidUtf8Prefix(Nfc(bytes)), Nfc(bytes).size());
    EXPECT_EQ(ValidUtf8Prefix(FoldWord(bytes)), FoldWord(bytes).size());
  }
}

}  // namespace
}  // namespace tracegate

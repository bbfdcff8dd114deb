#include "adapters/marking/ascii_text.h"

#include <gtest/gtest.h>

#include <random>

#include "adapters/marking/look_alike.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

// An accent that folding drops: with it behind, the same text goes the long way, by Unicode's tables.
constexpr char kAccent[] = "\u0301";
constexpr char kCyrillic[] = "\u0416";

void ExpectBothWaysAlike(const std::string& text) {
  ASSERT_TRUE(IsAscii(text));
  const std::string accented = text + kAccent;
  ASSERT_FALSE(IsAscii(accented));
  EXPECT_EQ(FoldWord(text), FoldWord(accented));
  EXPECT_EQ(FoldPhrase(text), FoldPhrase(accented));
  EXPECT_EQ(UpperCase(text) + kAccent, UpperCase(accented));
  EXPECT_EQ(MixesScripts(text), MixesScripts(accented));
  EXPECT_EQ(ScriptOf(text), text.empty() ? "" : ScriptOf(accented));
  EXPECT_EQ(LatinByLook(text) + "ZH", LatinByLook(text + kCyrillic));
  EXPECT_EQ(LatinBySound(text) + "ZH", LatinBySound(text + kCyrillic));
}

TEST(AsciiText, TellsAsciiFromTheFirstByteThatIsNone) {
  EXPECT_TRUE(IsAscii(""));
  EXPECT_TRUE(IsAscii(std::string(1, '\0')));
  EXPECT_TRUE(IsAscii("\x7F"));
  EXPECT_FALSE(IsAscii("\x80"));
  EXPECT_FALSE(IsAscii("0123456789abcdef\xFF"));
  EXPECT_FALSE(
      IsAscii("\xFF"
              "0123456789abcdef"));
}

TEST(AsciiText, ComesToTheSameBytesAsTheLongWayForEveryByteAndPair) {
  ExpectBothWaysAlike("");
  for (int first = 0; first < 0x80; ++first) {
    ExpectBothWaysAlike(std::string(1, static_cast<char>(first)));
    for (int second = 0; second < 0x80; ++second) {
      ExpectBothWaysAlike({static_cast<char>(first), static_cast<char>(second)});
    }
  }
}

TEST(AsciiText, ComesToTheSameBytesAsTheLongWayForGeneratedText) {
  std::mt19937 random(20260);  // the same texts each time
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 40, ' ');
    for (char& c : text) c = static_cast<char>(random() % 0x80);
    ExpectBothWaysAlike(text);
  }
}

TEST(AsciiText, LeavesTextOfOtherScriptsToTheLongWay) {
  EXPECT_EQ(FoldWord("a\u00E9"), "AE");
  EXPECT_EQ(UpperCase("a\u0436"), "A\u0416");
  EXPECT_EQ(ScriptOf("a\u0436"), "Zyyy");
  EXPECT_TRUE(MixesScripts("a\u0436"));
}

}  // namespace
}  // namespace tracegate

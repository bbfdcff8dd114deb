#include "adapters/marking/serial_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "adapters/marking/confusion.h"
#include "adapters/marking/serial_forms.h"

namespace tracegate {
namespace {

bool IsWorthALook(const LeftOuts& asked, const LeftOut& stored) {
  return (asked[stored.place] >> stored.character & 1) != 0;
}

// Whether what is stored for the one form is found by what is asked for the other.
bool Meet(std::string_view asked, std::string_view stored) {
  const std::vector<StoredKey> there = KeysToStore(stored);
  const std::vector<AskedKey> keys = KeysToAsk(asked);
  return std::any_of(keys.begin(), keys.end(), [&](const AskedKey& key) {
    return std::any_of(there.begin(), there.end(), [&](const StoredKey& one) {
      return key.hash == one.hash && IsWorthALook(key.left_out, one.left_out);
    });
  });
}

// Few characters, so that equal ones, ones folded to the same and zeros stand side by side.
std::string AnyForm(std::mt19937_64& random) {
  constexpr std::string_view kCharacters = "00138BOI7A";
  std::string form;
  const size_t size = 5 + random() % 14;
  while (form.size() < size) form += kCharacters[random() % kCharacters.size()];
  return form;
}

// Every form that is one slip from that one.
std::vector<std::string> OneSlipFrom(const std::string& form) {
  std::vector<std::string> slips;
  for (size_t i = 0; i < form.size(); ++i) {
    for (const char c : std::string_view("0O38BI17TALGC?")) {
      std::string other = form;
      other[i] = c;
      slips.push_back(other);
      slips.push_back(form.substr(0, i) + c + form.substr(i));
    }
    slips.push_back(form.substr(0, i) + form.substr(i + 1));
    std::string other = form;
    if (i > 0) std::swap(other[i], other[i - 1]);
    slips.push_back(other);
  }
  slips.push_back("00" + form);
  if (form[0] >= '0' && form[0] <= '9') slips.push_back("JX" + form);
  return slips;
}

// O, Q and D count as zeros.
bool IsLongEnough(std::string_view form) {
  return form.size() - std::min(form.find_first_not_of("0OQD"), form.size()) >= 5;
}

TEST(SerialKeys, MeetWhereOneSlipMakesOneFormOfTheOther) {
  std::mt19937_64 random(20261126);
  size_t compared = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string form = AnyForm(random);
    for (const std::string& other : OneSlipFrom(form)) {
      if (!IsLongEnough(form) || !IsLongEnough(other) || !LikenessOf(form, other)) continue;
      ++compared;
      EXPECT_TRUE(Meet(form, other)) << "asked " << form << ", stored " << other;
      EXPECT_TRUE(Meet(other, form)) << "asked " << other << ", stored " << form;
    }
  }
  EXPECT_GT(compared, 10'000u);
}

TEST(SerialKeys, PassByWhatStandsInAnotherPlace) {
  // 1 left out of either leaves 234567.
  EXPECT_FALSE(Meet("1234567", "2341567"));
  EXPECT_TRUE(Meet("1234567", "2134567")) << "neighbours change places";
  EXPECT_TRUE(Meet("1234567", "7234567")) << "1 and 7 are taken for one another";
  EXPECT_FALSE(Meet("1234567", "4234567")) << "1 and 4 are not";
  EXPECT_FALSE(Meet("0001234567", "2134567")) << "two slips";
}

TEST(SerialKeys, TellPrefixesApartByTheLetterBesideTheNumber) {
  EXPECT_TRUE(Meet("ABC234567", "234567"));
  EXPECT_TRUE(Meet("234567", "ABC234567"));
  EXPECT_TRUE(Meet("ABC234567", "C234567"));
  EXPECT_TRUE(Meet("ABC234567", "ABG234567")) << "C and G are taken for one another";
  EXPECT_FALSE(Meet("ABC234567", "XYZ234567"));
}

TEST(SerialKeys, PassByWhatIsLongerOrShorterThanAPattern) {
  EXPECT_TRUE(Meet("AB234?", "AB2345"));
  EXPECT_FALSE(Meet("AB234?", "AB23456"));
  EXPECT_FALSE(Meet("AB234??", "AB2345"));
  EXPECT_TRUE(Meet("?2345", "A2345"));
  EXPECT_TRUE(Meet("?2345", "\u04162345")) << "one character of two bytes";
  EXPECT_TRUE(Meet("??2345", "A02345"));
  EXPECT_FALSE(Meet("?2345", "ABC2345"));
  EXPECT_TRUE(Meet("*2345", "ABC2345")) << "a run of unknown length";
}

TEST(SerialKeys, PassByWhatIsLongerOrShorterThanOneCharacter) {
  EXPECT_TRUE(Meet("1234567", "234567"));
  EXPECT_FALSE(Meet("1234567", "0234567")) << "as long: 1 and 0 are not taken for each other";
  EXPECT_TRUE(Meet("0234567", "234567")) << "leading zeros";
}

TEST(SerialKeys, AreOfBoundedNumber) {
  for (const std::string& form :
       {std::string(5000, '7'), std::string(5000, '?'), std::string("1?2?3?4?5?6?7?8?9")}) {
    EXPECT_LE(KeysToAsk(form).size(), kAskedKeysMax);
    EXPECT_LE(KeysToStore(form).size(), kAskedKeysMax);
  }
}

}  // namespace
}  // namespace tracegate

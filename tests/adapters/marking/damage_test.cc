#include <gtest/gtest.h>

#include <random>

#include "adapters/marking/import_mark.h"
#include "adapters/marking/match.h"
#include "adapters/marking/quality_gate.h"
#include "adapters/marking/reading.h"
#include "adapters/marking/routing.h"
#include "adapters/marking/serial.h"
#include "protos/tracegate/utf8.h"
#include "tests/adapters/marking/weapons.h"

namespace tracegate {
namespace {

constexpr size_t kTextBytesMax = 64 * 1024;

// An item that holds the text everywhere text can stand.
v1::Item Filled(const std::string& text) {
  v1::Item item;
  v1::Firearm& weapon = *item.mutable_weapon();
  weapon.set_serial_number(text);
  weapon.mutable_manufacturer()->set_verbatim(text);
  weapon.mutable_model()->set_verbatim(text);
  weapon.mutable_calibre()->set_verbatim(text);
  weapon.mutable_country_of_manufacture()->set_verbatim(text);
  for (const v1::MarkKind kind :
       {v1::MARK_KIND_SERIAL, v1::MARK_KIND_IMPORT, v1::MARK_KIND_MANUFACTURE}) {
    v1::Mark& mark = AddMark(item, kind, text);
    mark.add_uncertain()->set_position(static_cast<int>(text.size() / 2));
  }
  return item;
}

// The item without anything that reading adds.
v1::Item Verbatim(v1::Item item) {
  v1::Firearm& weapon = *item.mutable_weapon();
  for (v1::Term* term :
       {weapon.mutable_manufacturer(), weapon.mutable_model(), weapon.mutable_calibre()}) {
    term->clear_canonical();
    term->clear_could_be();
  }
  weapon.mutable_country_of_manufacture()->clear_iso_code();
  weapon.clear_serial_status();
  for (v1::Mark& mark : *weapon.mutable_marks()) {
    mark.clear_script();
    mark.clear_country();
    mark.clear_year();
  }
  return item;
}

void ExpectSound(const std::string& text) {
  const v1::Item item = Filled(text);
  const v1::Item read = ReadItem(item);
  EXPECT_EQ(Verbatim(read).SerializeAsString(), Verbatim(item).SerializeAsString());
  EXPECT_EQ(ReadItem(read).SerializeAsString(), read.SerializeAsString());

  const SerialReading serial = ReadSerial(text);
  EXPECT_EQ(serial.verbatim, text);
  EXPECT_LE(SpellingsOf(serial).size(), kSerialSpellingsMax);
  EXPECT_TRUE(serial.key.empty() || serial.pattern.empty());
  EXPECT_EQ(serial.numbers.empty(), serial.key.empty() && serial.pattern.empty());
  for (const v1::MarkRemark& remark : CheckMarks(ItemReading(read), "BR")) {
    EXPECT_EQ(ValidUtf8Prefix(remark.message()), remark.message().size());
  }
  RouteOf(read);
  ReadImportMark(text);
  const v1::Candidate candidate = Compare(Pistol(), RecordOf(item));
  EXPECT_EQ(candidate.record().SerializeAsString(), RecordOf(item).SerializeAsString());
}

std::string Repeated(std::string_view piece) {
  std::string text;
  while (text.size() + piece.size() <= kTextBytesMax) text += piece;
  return text;
}

class LongText : public testing::TestWithParam<std::string_view> {};

// Ends soon only where reading takes linear time.
TEST_P(LongText, IsReadLikeAnyOther) { ExpectSound(Repeated(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Pieces, LongText,
                         testing::Values("?", "*", "A", "0", "(", "(?)", "..", "A ", "A?", "1 2/",
                                         "/", "1234/", "a/", ",", "123456 e ", "NO 1 ", "raspado ",
                                         "(cano) 12345 ", "BY ", "AT 19 ", "e\u0301",
                                         "\u0301\u0323", "\u0660", "\u0420", "\uFDFA", "\xFF",
                                         "\u00BA", "A:", "1x", "9,", std::string_view("\0", 1),
                                         std::string_view("1\0", 2)));

TEST(Damage, DifferentNumbersByTheThousandAreReadInLinearTime) {
  std::string text;
  for (int i = 10000; text.size() < kTextBytesMax - 8; ++i) text += std::to_string(i) + ", ";
  ExpectSound(text);
}

TEST(Damage, TwoLongPatternsAreComparedInBoundedTime) {
  v1::Item one = Pistol();
  one.mutable_weapon()->set_serial_number(Repeated("..A"));
  v1::Item other = Pistol();
  other.mutable_weapon()->set_serial_number(Repeated("A?"));
  Compare(one, RecordOf(other));
}

TEST(Damage, AnyBytesAreReadWithoutChangingThem) {
  constexpr std::string_view kPieces[] = {
      "A",       "9",     "?",        "*",       "_",        "..",     " ",
      "-",       "/",     "(",        ")",       ",",        ";",      ":",
      "e",       "E",     "NO",       "raspado", "revelado", "cano",   "arma\u00E7\u00E3o",
      "N\u00BA", "x",     "X",        "\u0420",  "\u0661",   "\xFF",   "\xED\xA0\x80",
      "mm",      "9x19",  ".38",      "DE",      "19",       "CAI",    "VT",
      "YU",      "Glock", "Made in ", "1.0",     "E+11",     "\u2026", "\u00D7"};
  std::mt19937 random(20220623);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const int pieces = static_cast<int>(random() % 12);
    for (int i = 0; i < pieces; ++i) {
      if (random() % 8 == 0) {
        text += static_cast<char>(random() % 256);
      } else {
        text += kPieces[random() % std::size(kPieces)];
      }
    }
    SCOPED_TRACE(testing::PrintToString(text));
    ExpectSound(text);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace tracegate

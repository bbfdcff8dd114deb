#include "adapters/mapping/number_format.h"

#include <gtest/gtest.h>

#include <string>

namespace tracegate {
namespace {

NumberFormat Format(const std::string& decimal, const std::string& thousands, int times = 1) {
  config::v1::NumberFormat proto;
  proto.set_decimal(decimal);
  proto.set_thousands(thousands);
  proto.set_times(times);
  const auto format = NumberFormat::Create(proto);
  EXPECT_TRUE(format.ok()) << format.status();
  return *format;
}

// The number read; where it is none, why.
std::string Read(const NumberFormat& format, const std::string& text) {
  const auto number = format.Read(text);
  if (!number.ok()) return std::string(number.status().message());
  return number->text + (number->rounded ? " (rounded)" : "");
}

TEST(NumberFormat, ReadsDigitsAndAPointWhereNothingElseIsSaid) {
  const NumberFormat format = *NumberFormat::Create({});
  EXPECT_EQ(Read(format, "0"), "0");
  EXPECT_EQ(Read(format, "98926.15"), "98926.15");
  EXPECT_EQ(Read(format, "007.500"), "7.5");
  EXPECT_EQ(Read(format, "999999999999999999"), "999999999999999999");
  EXPECT_EQ(Read(format, "9999999999999999999"), "is over 18 digits long");
}

TEST(NumberFormat, RefusesWhatIsNoNumber) {
  const NumberFormat format = *NumberFormat::Create({});
  for (const char* const text :
       {"", "N/A", "1,5", "1.2.3", ".5", "5.", "1e5", "+5", "12 EUR", "1 2"}) {
    EXPECT_EQ(Read(format, text), "is no number such as 1234.5") << text;
  }
  EXPECT_EQ(Read(format, "-1"), "is below zero");
}

TEST(NumberFormat, ReadsWhatOtherLandsWrite) {
  EXPECT_EQ(Read(Format(",", "."), "1.234.567,89"), "1234567.89");
  EXPECT_EQ(Read(Format(",", " "), "1 234 567,89"), "1234567.89");
  EXPECT_EQ(Read(Format(",", " "), "1\u00A0234\u202F567"), "1234567");
  EXPECT_EQ(Read(Format(".", "'"), "1'234.5"), "1234.5");
  EXPECT_EQ(Read(Format(",", "."), "1234,5"), "1234.5");
  EXPECT_EQ(Read(Format("", "."), "1.234,5"), "1234.5") << "a point parts one thing only";
}

TEST(NumberFormat, RefusesGroupsThatAreNotOfThreeDigits) {
  const NumberFormat format = Format(",", ".");
  for (const char* const text : {"1.23", "1.2345", "1234.567", ".123", "1..234", "1.234."}) {
    EXPECT_EQ(Read(format, text), "is no number such as 1234,5") << text;
  }
}

TEST(NumberFormat, MovesThePoint) {
  EXPECT_EQ(Read(Format(".", "", 1000), "1.5"), "1500");
  EXPECT_EQ(Read(Format(".", "", 1000), "0.0625"), "62.5");
  EXPECT_EQ(Read(Format(".", "", 10), "7"), "70");
}

TEST(NumberFormat, RoundsAtTheNinthDecimalAndSaysSo) {
  const NumberFormat format = *NumberFormat::Create({});
  EXPECT_EQ(Read(format, "57819.41079999999"), "57819.4108 (rounded)");
  EXPECT_EQ(Read(format, "0.9999999995"), "1 (rounded)");
  EXPECT_EQ(Read(format, "0.9999999994"), "0.999999999 (rounded)");
  EXPECT_EQ(Read(format, "0.1234567890000"), "0.123456789");
}

TEST(NumberFormat, RefusesSignsAndFactorsThatAreNone) {
  const auto fault = [](const std::string& decimal, const std::string& thousands, int times) {
    config::v1::NumberFormat proto;
    proto.set_decimal(decimal);
    proto.set_thousands(thousands);
    proto.set_times(times);
    return std::string(NumberFormat::Create(proto).status().message());
  };
  EXPECT_EQ(fault(";", "", 1), "has the decimal sign ';'; expected '.' or ','");
  EXPECT_NE(fault(",", ",", 1).find("another sign"), std::string::npos);
  EXPECT_NE(fault(".", ".", 1).find("another sign"), std::string::npos);
  EXPECT_NE(fault("", "_", 1).find("'_' between thousands"), std::string::npos);
  EXPECT_EQ(fault("", "", 12), "counts 12 times; expected a power of ten");
  EXPECT_EQ(fault("", "", -10), "counts -10 times; expected a power of ten");
  EXPECT_EQ(fault("", "", 1000000000), "");
}

}  // namespace
}  // namespace tracegate

#include "adapters/mapping/date_format.h"

#include <gtest/gtest.h>

#include <ostream>

namespace tracegate {
namespace {

struct Case {
  const char* format;
  const char* text;
  int year, month, day;  // year 0: refused
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.format << " of " << c.text; }

class DateFormatReads : public ::testing::TestWithParam<Case> {};

TEST_P(DateFormatReads, WhatFitsAndNothingElse) {
  const Case& c = GetParam();
  const auto format = DateFormat::Parse(c.format);
  ASSERT_TRUE(format.ok()) << format.status();
  const auto date = format->Read(c.text);
  ASSERT_EQ(date.ok(), c.year != 0) << c.text;
  if (!date.ok()) return;
  EXPECT_EQ(date->year(), c.year);
  EXPECT_EQ(date->month(), c.month);
  EXPECT_EQ(date->day(), c.day);
}

INSTANTIATE_TEST_SUITE_P(
    Each, DateFormatReads,
    ::testing::Values(
        Case{"%d.%m.%Y", "12.03.1985", 1985, 3, 12}, Case{"%d.%m.%Y", "2.3.1985", 1985, 3, 2},
        Case{"%d.%m.%Y", "12.03.1985.", 0, 0, 0}, Case{"%d.%m.%Y", "12.03.85", 0, 0, 0},
        Case{"%d.%m.%Y", "12/03/1985", 0, 0, 0}, Case{"%d.%m.%Y", "", 0, 0, 0},
        Case{"%d.%m.%Y", "31.04.1985", 0, 0, 0}, Case{"%d.%m.%Y", "30.04.1985", 1985, 4, 30},
        Case{"%d.%m.%Y", "12.13.1985", 0, 0, 0}, Case{"%d.%m.%Y", "-1.03.1985", 0, 0, 0},
        Case{"%Y-%m-%d", "2000-02-29", 2000, 2, 29}, Case{"%Y-%m-%d", "1900-02-29", 0, 0, 0},
        Case{"%Y-%m-%d", "2000-02-30", 0, 0, 0}, Case{"%Y-%m-%d", "0000-01-01", 0, 0, 0},
        Case{"%d.%m.%Y", "00.03.1985", 1985, 3, 0}, Case{"%d.%m.%Y", "00.00.1985", 1985, 0, 0},
        Case{"%d.%m.%Y", "12.00.1985", 0, 0, 0}, Case{"%Y%m%d", "19850312", 1985, 3, 12},
        Case{"%Y%m%d", "1985312", 0, 0, 0}, Case{"%Y", "1985", 1985, 0, 0},
        Case{"%m/%Y", "3/1985", 1985, 3, 0}, Case{"%d.%m.%y", "12.03.69", 1969, 3, 12},
        Case{"%d.%m.%y", "12.03.68", 2068, 3, 12}, Case{"%d.%m.%y", "12.03.1985", 0, 0, 0},
        Case{"%Y-%m-%d %H:%M:%S", "1985-03-12 00:00:00", 1985, 3, 12},
        Case{"%Y-%m-%d %H:%M:%S", "1985-03-12", 0, 0, 0}));

TEST(DateFormat, RefusesFormatsThatTellNoDay) {
  for (const char* format : {"", "%", "%d.%m", "%Q", "%d.%Y", "%Y %Y", "%Y %y", "%%", "yyyy"}) {
    EXPECT_FALSE(DateFormat::Parse(format).ok()) << format;
  }
}

}  // namespace
}  // namespace tracegate

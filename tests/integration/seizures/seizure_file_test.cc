#include "tests/integration/seizures/seizure_file.h"

#include <gtest/gtest.h>

namespace tracegate {
namespace {

constexpr char kHeader[] =
    "year,tipo,marca,modelo,calibre,pais,patrimoniada,restrita,origem,serial_masked\r\n";

absl::StatusOr<std::vector<Seizure>> Read(const std::string& rows) {
  return ReadSeizures(kHeader + rows);
}

TEST(SeizureFileTest, KeepsWhatQuotedFieldsHold) {
  const auto rows = Read("2020,PISTOLA,\"A, \"\"B\"\"\",,9 MM,,,,,\"X\n1\"\r\n");
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ(rows->front().make, "A, \"B\"");
  EXPECT_EQ(rows->front().model, "");
  EXPECT_EQ(rows->front().serial, "X\n1");
}

TEST(SeizureFileTest, ReadsRowsInOrder) {
  const auto rows = Read("2020,a,b,c,d,e,f,g,h,1\r\n2021,a,b,c,d,e,f,g,h,2\n");
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ(rows->back().year, "2021");
  EXPECT_EQ(rows->back().serial, "2");
}

TEST(SeizureFileTest, RefusesWhatWouldLoseOrShiftARow) {
  EXPECT_FALSE(Read("2020,a,b,c,d,e,f,g,h\r\n").ok()) << "nine fields";
  EXPECT_FALSE(Read("2020,a,b,c,d,e,f,g,h,1,2\r\n").ok()) << "eleven fields";
  EXPECT_FALSE(Read("2020,a,b,c,d,e,f,g,h,1").ok()) << "no line end";
  EXPECT_FALSE(Read("2020,a,b,c,d,e,f,g,h,\"1\r\n").ok()) << "an open quote";
  EXPECT_FALSE(Read("2020,a,b,c,d,e,f,g,h,\"1\"2\r\n").ok()) << "text behind a quote";
  EXPECT_FALSE(Read("2020,a,b,c,d,e,f,g,h,1\"2\r\n").ok()) << "a quote inside";
  EXPECT_FALSE(ReadSeizures("year,tipo\r\n").ok()) << "another header";
}

}  // namespace
}  // namespace tracegate

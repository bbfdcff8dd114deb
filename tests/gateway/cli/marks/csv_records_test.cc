#include "gateway/cli/csv_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<CsvRecord> Read(const std::string& csv) {
  std::istringstream in(csv);
  CsvRecords records(in);
  std::vector<CsvRecord> all;
  while (auto record = records.Next()) all.push_back(*std::move(record));
  return all;
}

std::vector<std::string> Only(const std::string& csv) {
  const auto all = Read(csv);
  EXPECT_EQ(all.size(), 1u);
  EXPECT_EQ(all.at(0).fault, "");
  return all.at(0).fields;
}

TEST(CsvRecordsTest, KeepsWhatQuotedFieldsHold) {
  EXPECT_THAT(Only("a,\"b, \"\"c\"\"\",\"d\r\ne\",\"\",\n"),
              ElementsAre("a", "b, \"c\"", "d\ne", "", ""));
}

TEST(CsvRecordsTest, TakesEitherLineEndALastLineWithoutOneAndAByteOrderMark) {
  const auto all = Read(
      "\xEF\xBB\xBF"
      "a,b\r\n\r\n\nc,d\ne,f");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_THAT(all[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(all[1].fields, ElementsAre("c", "d"));
  EXPECT_THAT(all[2].fields, ElementsAre("e", "f"));
  EXPECT_EQ(all[1].line, 4);
  EXPECT_THAT(Read(""), IsEmpty());
  EXPECT_THAT(Read("\n\r\n"), IsEmpty());
}

TEST(CsvRecordsTest, LosesOneRecordToEachFault) {
  for (const char* bad : {"a\"b,c", "\"a\"b,c", "\"a,c", "\xFF,c"}) {
    const auto all = Read(std::string("x,y\n") + bad + "\nz,w\n");
    ASSERT_EQ(all.size(), 3u) << bad;
    EXPECT_EQ(all[1].line, 2) << bad;
    EXPECT_NE(all[1].fault, "") << bad;
    EXPECT_EQ(all[2].fault, "") << bad;
    EXPECT_EQ(all[2].line, 3) << bad;
    EXPECT_THAT(all[2].fields, ElementsAre("z", "w")) << bad;
  }
}

TEST(CsvRecordsTest, BoundsARecord) {
  const auto quoted = [](size_t lines, size_t bytes) {
    std::string text = "\"";
    for (size_t i = 1; i < lines; ++i) text += "\n";
    return text + std::string(bytes, 'x') + "\"\n";
  };
  EXPECT_EQ(Read(quoted(CsvRecords::kRecordLinesMax, 1)).at(0).fault, "");
  EXPECT_NE(Read(quoted(CsvRecords::kRecordLinesMax + 1, 1)).at(0).fault, "");
  EXPECT_EQ(Read(quoted(1, CsvRecords::kRecordBytesMax - 2)).at(0).fault, "");
  EXPECT_THAT(Read(quoted(1, CsvRecords::kRecordBytesMax)).at(0).fault, HasSubstr("64 KiB"));
  EXPECT_EQ(Read(quoted(1, 3 * CsvRecords::kRecordBytesMax) + "a\n").at(1).fault, "");
}

}  // namespace
}  // namespace tracegate

#include "adapters/csv/row_format.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

using testing::ElementsAre;

using Rows = std::vector<std::string>;

Rows RowsOf(const RowFormat& format, std::string_view text) {
  Rows rows;
  while (!text.empty()) rows.emplace_back(format.TakeRow(&text));
  return rows;
}

Rows FieldsOf(const RowFormat& format, std::string_view row) {
  Rows fields;
  const std::string_view fault = format.Split(row, &fields);
  if (!fault.empty()) return {"fault: " + std::string(fault)};
  return fields;
}

const RowFormat kComma = RowFormat::Delimited(',');

TEST(DelimitedRows, EndWithTheLineOrTheText) {
  EXPECT_THAT(RowsOf(kComma, "a,b\nc\r\n\nd"), ElementsAre("a,b", "c", "", "d"));
  EXPECT_THAT(RowsOf(kComma, "a\r"), ElementsAre("a"));
}

TEST(DelimitedRows, HaveLineEndsInQuotedFieldsAndOnlyThere) {
  EXPECT_THAT(RowsOf(kComma, "1,\"a\nb\",2\n3"), ElementsAre("1,\"a\nb\",2", "3"));
  EXPECT_THAT(RowsOf(kComma, "1,a \"x\n3"), ElementsAre("1,a \"x", "3"));
  EXPECT_THAT(RowsOf(kComma, "\"a\"\"\nb\"\nc"), ElementsAre("\"a\"\"\nb\"", "c"));
}

TEST(DelimitedRows, LoseNoMoreThanALineToAQuoteThatIsNotClosed) {
  EXPECT_THAT(RowsOf(kComma, "1,\"a\n2,b\n3,c"), ElementsAre("1,\"a", "2,b", "3,c"));
  const std::string late = std::string(kQuotedBytesMax, 'x') + "\"";
  EXPECT_EQ(RowsOf(kComma, "\"\n" + late).size(), 2u);
}

TEST(DelimitedRows, AreTakenApartAsRfc4180Says) {
  EXPECT_THAT(FieldsOf(kComma, "a,,\"b,c\",\"say \"\"no\"\"\",\"\""),
              ElementsAre("a", "", "b,c", "say \"no\"", ""));
  EXPECT_THAT(FieldsOf(kComma, ""), ElementsAre(""));
  EXPECT_THAT(FieldsOf(kComma, "a,"), ElementsAre("a", ""));
  EXPECT_THAT(FieldsOf(kComma, "5\" barrel, x"), ElementsAre("5\" barrel", " x"));
  EXPECT_THAT(FieldsOf(RowFormat::Delimited(';'), "7,62;\"a;b\""), ElementsAre("7,62", "a;b"));
  EXPECT_THAT(FieldsOf(RowFormat::Delimited('\t'), "a\tb"), ElementsAre("a", "b"));
}

TEST(DelimitedRows, AreRefusedWhereQuotesDoNotFit) {
  EXPECT_THAT(FieldsOf(kComma, "a,\"b"), ElementsAre(testing::HasSubstr("not closed")));
  EXPECT_THAT(FieldsOf(kComma, "\"a\"b,c"), ElementsAre(testing::HasSubstr("behind a closing")));
}

TEST(FixedWidthRows, AreSlicedByCharactersWithoutTheirPadding) {
  const RowFormat format = RowFormat::FixedWidth({{0, 6}, {6, 4}, {12, 3}});
  EXPECT_THAT(FieldsOf(format, "Ижмех 1985--ABC"), ElementsAre("Ижмех", "1985", "ABC"));
  EXPECT_THAT(FieldsOf(format, " a b    7"), ElementsAre("a b", "7", ""));
  EXPECT_THAT(FieldsOf(format, "a"), ElementsAre("a", "", ""));
  EXPECT_THAT(RowsOf(format, "\"a\nb\"\r\nc"), ElementsAre("\"a", "b\"", "c"));
}

}  // namespace
}  // namespace tracegate

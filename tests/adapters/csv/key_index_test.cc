#include "adapters/csv/key_index.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

KeyIndex IndexOf(const std::vector<std::string>& keys) {
  KeyIndex index;
  for (size_t row = 0; row < keys.size(); ++row) index.Add(keys[row], row);
  index.Sort();
  return index;
}

std::vector<size_t> Found(const KeyIndex& index, const std::string& key, size_t rows_max = 50) {
  std::vector<size_t> rows;
  index.Find(key, rows_max, &rows);
  return rows;
}

std::vector<size_t> Fitting(const KeyIndex& index, const std::string& pattern,
                            size_t rows_max = 50) {
  std::vector<size_t> rows;
  EXPECT_TRUE(index
                  .FindPattern(
                      pattern, rows_max, [] { return absl::OkStatus(); }, &rows)
                  .ok());
  return rows;
}

TEST(KeyIndex, FindsEveryRowOfAKeyAndNoOther) {
  const KeyIndex index = IndexOf({"B1", "A1", "B1", "B", "B11", "", "B1"});
  EXPECT_THAT(Found(index, "B1"), ElementsAre(0, 2, 6));
  EXPECT_THAT(Found(index, "B1", 2), ElementsAre(0, 2));
  EXPECT_THAT(Found(index, "C"), IsEmpty());
  EXPECT_THAT(Found(index, ""), IsEmpty());
  EXPECT_THAT(Found(IndexOf({}), "A"), IsEmpty());
}

TEST(KeyIndex, AddsNoRowTwice) {
  KeyIndex index;
  for (const char* key : {"AB1", "AB12"}) index.Add(key, 7);
  index.Sort();
  EXPECT_THAT(Fitting(index, "AB1*"), ElementsAre(7));
  std::vector<size_t> rows = {7};
  index.Find("AB1", 50, &rows);
  EXPECT_THAT(rows, ElementsAre(7));
}

TEST(KeyIndex, FindsByPattern) {
  const KeyIndex index = IndexOf({"AB123", "AB124", "AC123", "Ж123", "123"});
  EXPECT_THAT(Fitting(index, "AB12?"), ElementsAre(0, 1));
  EXPECT_THAT(Fitting(index, "A?123"), ElementsAre(0, 2));
  EXPECT_THAT(Fitting(index, "?123"), ElementsAre(3));
  EXPECT_THAT(Fitting(index, "*123"), testing::UnorderedElementsAre(0, 2, 3, 4));
  EXPECT_EQ(Fitting(index, "*", 3).size(), 3u);
}

TEST(KeyIndex, StopsWhenTheCallIsOver) {
  const KeyIndex index = IndexOf(std::vector<std::string>(10'000, "AB123"));
  std::vector<size_t> rows;
  const absl::Status over = absl::CancelledError("over");
  EXPECT_EQ(index.FindPattern(
                "*9", 50, [&] { return over; }, &rows),
            over);
  EXPECT_THAT(rows, IsEmpty());
}

TEST(FitsPattern, GoesBackToTheLastRunOnly) {
  EXPECT_TRUE(FitsPattern("ABABC", "*ABC"));
  EXPECT_TRUE(FitsPattern("ABXABYC", "A*AB?C"));
  EXPECT_TRUE(FitsPattern("", "*"));
  EXPECT_TRUE(FitsPattern("ЖЖ1", "?Ж1"));
  EXPECT_FALSE(FitsPattern("ABC", "AB"));
  EXPECT_FALSE(FitsPattern("AB", "ABC"));
  EXPECT_FALSE(FitsPattern("AB", "AB?"));
  EXPECT_FALSE(FitsPattern("", "?"));
  const std::string many_a(2000, 'A');
  EXPECT_FALSE(FitsPattern(many_a, "*A*A*A*B")) << "and in no time";
}

}  // namespace
}  // namespace tracegate

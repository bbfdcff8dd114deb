#include "gateway/evidence/checkpoint.h"

#include <string>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

constexpr char kText[] =
    "registry.example/log\n"
    "2\n"
    "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n";

TEST(Checkpoint, IsReadAndWrittenTheSame) {
  const auto checkpoint = ParseCheckpoint(kText);
  ASSERT_TRUE(checkpoint.ok()) << checkpoint.status();
  EXPECT_EQ(checkpoint->origin, "registry.example/log");
  EXPECT_EQ(checkpoint->tree_size, 2);
  EXPECT_EQ(checkpoint->root[0], 0xFA);
  EXPECT_EQ(FormatCheckpoint(*checkpoint), kText);
}

TEST(Checkpoint, PassesOverExtensionLines) {
  EXPECT_TRUE(ParseCheckpoint(std::string(kText) + "one\ntwo\n").ok());
  EXPECT_FALSE(ParseCheckpoint(std::string(kText) + "one").ok());
  EXPECT_FALSE(ParseCheckpoint(std::string(kText) + "\ntwo\n").ok());
}

TEST(Checkpoint, RefusesEveryCut) {
  const std::string text = kText;
  for (size_t i = 0; i < text.size(); ++i)
    EXPECT_FALSE(ParseCheckpoint(text.substr(0, i)).ok()) << i;
}

TEST(Checkpoint, RefusesSizesWrittenOtherwise) {
  const std::string root = "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n";
  for (const char* size : {"02", "+2", "-2", " 2", "2 ", "2.", "x", "0x2", "9223372036854775808"}) {
    EXPECT_FALSE(ParseCheckpoint("log\n" + std::string(size) + "\n" + root).ok()) << size;
  }
  EXPECT_TRUE(ParseCheckpoint("log\n9223372036854775807\n" + root).ok());
  EXPECT_TRUE(ParseCheckpoint("log\n0\n" + root).ok());
}

TEST(Checkpoint, RefusesARootOfAnotherLength) {
  EXPECT_FALSE(ParseCheckpoint("log\n2\n+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwQ==\n").ok());
  EXPECT_FALSE(ParseCheckpoint("log\n2\n+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU\n").ok());
}

}  // namespace
}  // namespace tracegate

#include "protos/tracegate/utf8.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

// Text and how much of it is well-formed.
struct Case {
  std::string text;
  size_t valid;
};

TEST(ValidUtf8Prefix, FollowsTheTableOfUnicode) {
  const std::vector<Case> cases = {
      {"", 0},
      {"plain", 5},
      {std::string("a\0b", 3), 3},
      {"\x7f", 1},
      {"\x80", 0},      // a tail alone
      {"\xc1\xbf", 0},  // overlong
      {"\xc2\x80", 2},  // U+0080
      {"\xc2\x7f", 0},
      {"\xc2\xc0", 0},
      {"\xc2", 0},          // broken off
      {"\xdf\xbf", 2},      // U+07FF
      {"\xe0\x9f\xbf", 0},  // overlong
      {"\xe0\xa0\x80", 3},  // U+0800
      {"\xe0\xa0", 0},
      {"\xed\x9f\xbf", 3},      // U+D7FF
      {"\xed\xa0\x80", 0},      // a surrogate
      {"\xee\x80\x80", 3},      // U+E000
      {"\xef\xbf\xbf", 3},      // U+FFFF
      {"\xf0\x8f\xbf\xbf", 0},  // overlong
      {"\xf0\x90\x80\x80", 4},  // U+10000
      {"\xf0\x90\x80", 0},
      {"\xf4\x8f\xbf\xbf", 4},  // U+10FFFF
      {"\xf4\x90\x80\x80", 0},  // past the end of Unicode
      {"\xf5\x80\x80\x80", 0},
      {"\xff", 0},
      {"ok\xc3\xa9 then \xff then more", 10},
      {"a\xe2\x82", 1},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ValidUtf8Prefix(c.text), c.valid) << testing::PrintToString(c.text);
  }
}

}  // namespace
}  // namespace tracegate

#include "adapters/http/json_answer.h"

#include <gtest/gtest.h>

#include <string>

namespace tracegate {
namespace {

std::optional<std::string> TextAt(const std::string& json, const std::string& place) {
  const auto answer = ParseJson(json);
  EXPECT_TRUE(answer.ok()) << json;
  const auto parsed = JsonPlace::Parse(place);
  EXPECT_TRUE(parsed.ok()) << place;
  const JsonValue* value = parsed->In(*answer);
  return value == nullptr ? std::nullopt : JsonText(*value);
}

TEST(JsonAnswer, KeepsNumbersAsTheyWereWritten) {
  for (const char* number : {"0", "-0", "1e5", "-1.50E+003", "123456789012345678901234567890",
                             "0.10000000000000000000001"}) {
    EXPECT_EQ(TextAt("{\"n\":" + std::string(number) + "}", "n"), number);
    EXPECT_EQ(TextAt("[" + std::string(number) + " , 7]", "/0"), number);
  }
}

TEST(JsonAnswer, FindsByNameAndByPointer) {
  const std::string json = R"({"a":{"b/c":["x",true,null]},"a.b":"dot","0":"zero","/":"slash"})";
  EXPECT_EQ(TextAt(json, "/a/b~1c/0"), "x");
  EXPECT_EQ(TextAt(json, "/a/b~1c/1"), "true");
  EXPECT_EQ(TextAt(json, "/a/b~1c/2"), std::nullopt);
  EXPECT_EQ(TextAt(json, "/a/b~1c/3"), std::nullopt);
  EXPECT_EQ(TextAt(json, "a.b"), "dot");
  EXPECT_EQ(TextAt(json, "0"), "zero");
  EXPECT_EQ(TextAt(json, "/~1"), "slash");
  EXPECT_EQ(TextAt(json, "a"), std::nullopt) << "is an object";
  EXPECT_EQ(TextAt("\"itself\"", "#"), "itself");
}

TEST(JsonAnswer, RefusesWhatIsNoJson) {
  for (const char* text : {"", "{", "[1,]", "{\"a\":1} x", "<html>", "{\"a\":00123}", "[NaN]",
                           "\"\xE9\"", "{'a':1}", "[\"\\ud800\"]"}) {
    EXPECT_FALSE(ParseJson(text).ok()) << text;
  }
  EXPECT_TRUE(ParseJson("\xEF\xBB\xBF{\"a\":1}").ok()) << "a byte order mark is passed over";
}

TEST(JsonAnswer, ReadsWhatNestsDeeply) {
  const size_t depth = 200'000;
  EXPECT_TRUE(ParseJson(std::string(depth, '[') + std::string(depth, ']')).ok());
  EXPECT_FALSE(ParseJson(std::string(depth, '[')).ok());
}

TEST(JsonAnswer, RefusesPlacesThatAreNone) {
  EXPECT_FALSE(JsonPlace::Parse("").ok());
  EXPECT_FALSE(JsonPlace::Parse("/a~2").ok());
  EXPECT_TRUE(JsonPlace::Parse("/a~0").ok());
}

TEST(JsonAnswer, EscapesText) {
  EXPECT_EQ(JsonEscaped("a\"b\\c\n\xC3\xA9"), "a\\\"b\\\\c\\n\xC3\xA9");
}

}  // namespace
}  // namespace tracegate

#include "adapters/http/https_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tracegate {
namespace {

using ::testing::HasSubstr;

std::string Problem(const std::string& text) {
  return std::string(HttpsUrl::Parse(text).status().message());
}

std::string Followed(const std::string& reference) {
  const auto url = HttpsUrl::Parse("https://Registry.example/v2/weapons?serial=1");
  const auto followed = url->Follow(reference);
  return followed.ok() ? followed->text() : std::string(followed.status().message());
}

TEST(HttpsUrl, TakesHttpsAddressesAlone) {
  EXPECT_TRUE(HttpsUrl::Parse("https://registry.example:8443/v2?a=b").ok());
  EXPECT_THAT(Problem("http://registry.example/"), HasSubstr("https://"));
  EXPECT_THAT(Problem("file:///etc/passwd"), HasSubstr("https://"));
  EXPECT_THAT(Problem("registry.example"), HasSubstr("https://"));
  EXPECT_THAT(Problem("https://who:secret@registry.example/"), HasSubstr("user"));
  EXPECT_THAT(Problem("https://registry.example/#a"), HasSubstr("fragment"));
  EXPECT_THAT(Problem("https://registry.example/a b"), HasSubstr("blanks"));
  EXPECT_THAT(Problem(""), HasSubstr("no address"));
  EXPECT_THAT(Problem("https://registry.example/" + std::string(9000, 'a')),
              HasSubstr("no address"));
}

TEST(HttpsUrl, FollowsWithinTheOrigin) {
  EXPECT_EQ(Followed("?page=2"), "https://Registry.example/v2/weapons?page=2");
  EXPECT_EQ(Followed("/v2/other"), "https://Registry.example/v2/other");
  EXPECT_EQ(Followed("https://registry.EXAMPLE:443/x"), "https://registry.EXAMPLE:443/x");
}

TEST(HttpsUrl, FollowsNowhereElse) {
  EXPECT_EQ(Followed("https://registry.example:444/x"), "leads to another server");
  EXPECT_EQ(Followed("https://elsewhere.example/x"), "leads to another server");
  EXPECT_EQ(Followed("//elsewhere.example/x"), "leads to another server");
  EXPECT_THAT(Followed("http://registry.example/x"), HasSubstr("https://"));
  EXPECT_THAT(Followed("https://a@registry.example/x"), HasSubstr("user"));
}

TEST(HttpsUrl, PutsParametersBehindItsQuery) {
  EXPECT_EQ(HttpsUrl::Parse("https://r.example/a")->WithParameter("page", "2").text(),
            "https://r.example/a?page=2");
  EXPECT_EQ(HttpsUrl::Parse("https://r.example/a?b")->WithParameter("p", "1&x=2").text(),
            "https://r.example/a?b&p=1%26x%3D2");
}

TEST(HttpsUrl, EncodesWhatIsNotUnreserved) {
  EXPECT_EQ(PercentEncoded("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(PercentEncoded("a/b?c&d=e f%#Ж"), "a%2Fb%3Fc%26d%3De%20f%25%23%D0%96");
}

}  // namespace
}  // namespace tracegate

#include "adapters/http/link_header.h"

#include <gtest/gtest.h>

namespace tracegate {
namespace {

using None = std::optional<std::string>;

TEST(LinkHeader, FindsTheNextPage) {
  EXPECT_EQ(NextLink("<https://r.example/a?page=2>; rel=\"next\""), "https://r.example/a?page=2");
  EXPECT_EQ(NextLink("</a>; rel=prev, </b>; title=\"x, y\"; rel=Next"), "/b");
  EXPECT_EQ(NextLink(" <b>;rel=\"last  next\""), "b");
  EXPECT_EQ(NextLink("<a,b;c>;rel=next"), "a,b;c");
}

TEST(LinkHeader, FindsNoOther) {
  EXPECT_EQ(NextLink(""), None());
  EXPECT_EQ(NextLink("<a>"), None());
  EXPECT_EQ(NextLink("<a>; rel=previous"), None());
  EXPECT_EQ(NextLink("<a>; rel=nextpage"), None());
  EXPECT_EQ(NextLink("<a>; title=\"rel=next\""), None());
  EXPECT_EQ(NextLink("<a>; rel=prev; rel=next"), None()) << "the first counts";
  EXPECT_EQ(NextLink("<a; rel=next"), None());
  EXPECT_EQ(NextLink("a; rel=next"), None());
  EXPECT_EQ(NextLink("<a>; rel=\"prev"), None());
}

}  // namespace
}  // namespace tracegate

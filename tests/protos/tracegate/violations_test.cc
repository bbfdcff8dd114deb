#include "protos/tracegate/violations.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

TEST(Violations, AreNoneWhereAllHolds) {
  Violations out("request.");
  out.Require(true, "kind", "say which");
  out.Refuse(false, "date", "is no day");
  EXPECT_EQ(out.status(), absl::OkStatus());
}

TEST(Violations, NameEachFieldUnderThePrefixWithTheFirstOnesReason) {
  Violations out("request.");
  out.Refuse(true, "date", "is no day");
  out.Require(false, "kind", "say which");
  const v1::FailureDetail detail = DetailOf(out.status());
  EXPECT_EQ(detail.reason(), v1::REASON_FIELD_INVALID);
  ASSERT_EQ(detail.violations_size(), 2);
  EXPECT_EQ(detail.violations(0).field(), "request.date");
  EXPECT_EQ(detail.violations(1).field(), "request.kind");
  EXPECT_EQ(detail.violations(1).reason(), v1::REASON_FIELD_REQUIRED);
  EXPECT_THAT(out.status().message(), HasSubstr("(and 1 more)"));
}

TEST(Violations, TellTheFirstOfManyAndCountThemAll) {
  Violations out;
  for (int i = 0; i < 1000; ++i) out.Require(false, std::to_string(i), "is missing");
  EXPECT_EQ(DetailOf(out.status()).violations_size(), static_cast<int>(Violations::kKeptMax));
  EXPECT_THAT(out.status().message(), HasSubstr("(and 999 more)"));
}

}  // namespace
}  // namespace tracegate

#include "protos/tracegate/failure.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

TEST(Reason, HasAStatusCodeOfItsOwnInEveryRow) {
  const auto* rows = v1::Reason_descriptor();
  for (int i = 0; i < rows->value_count(); ++i) {
    const auto* row = rows->value(i);
    ASSERT_TRUE(row->options().HasExtension(v1::status_code)) << row->name();
    const int code = row->options().GetExtension(v1::status_code);
    EXPECT_GE(code, 1) << row->name();
    EXPECT_LE(code, 16) << row->name();
    EXPECT_EQ(static_cast<int>(CodeOf(static_cast<v1::Reason>(row->number()))), code);
  }
}

TEST(Reason, IsFoundAgainByItsWireName) {
  std::set<std::string> names;
  const auto* rows = v1::Reason_descriptor();
  for (int i = 0; i < rows->value_count(); ++i) {
    const auto reason = static_cast<v1::Reason>(rows->value(i)->number());
    const std::string name = ReasonName(reason);
    EXPECT_EQ("REASON_" + name, rows->value(i)->name());
    EXPECT_EQ(ReasonNamed(name), reason);
    EXPECT_TRUE(names.insert(name).second) << name;
  }
}

TEST(Reason, IsUnspecifiedForNamesThatAreNone) {
  for (const char* name : {"", "NO_AGREEMEN", "no_agreement", "REASON_NO_AGREEMENT", "26"}) {
    EXPECT_EQ(ReasonNamed(name), v1::REASON_UNSPECIFIED) << name;
  }
  EXPECT_EQ(ReasonName(static_cast<v1::Reason>(9999)), "9999");
  EXPECT_EQ(CodeOf(static_cast<v1::Reason>(9999)), absl::StatusCode::kInternal);
}

TEST(Failure, CarriesItsReasonAndTheCodeOfTheRow) {
  const absl::Status status = Failure(v1::REASON_NO_AGREEMENT, "none");
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(status.message(), "none");
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_NO_AGREEMENT);
  EXPECT_EQ(DetailOf(status).violations_size(), 0);
  EXPECT_FALSE(DetailOf(status).has_retry_after());
}

TEST(Failure, NamesTheField) {
  const absl::Status status = FieldFailure(v1::REASON_FIELD_INVALID, "a.b[2]", "is odd");
  EXPECT_EQ(status.message(), "a.b[2]: is odd");
  const v1::FailureDetail detail = DetailOf(status);
  ASSERT_EQ(detail.violations_size(), 1);
  EXPECT_EQ(detail.violations(0).field(), "a.b[2]");
  EXPECT_EQ(detail.violations(0).description(), "is odd");
  EXPECT_EQ(detail.violations(0).reason(), v1::REASON_FIELD_INVALID);
}

TEST(Failure, KeepsTheRetryHintToTheNanosecond) {
  const absl::Status status = RetryableFailure(v1::REASON_OVERLOADED, "busy",
                                               absl::Seconds(2) + absl::Nanoseconds(500000001));
  EXPECT_EQ(DetailOf(status).retry_after().seconds(), 2);
  EXPECT_EQ(DetailOf(status).retry_after().nanos(), 500000001);
}

TEST(Failure, GetsTheNearestReasonWhereItWasMadeElsewhere) {
  EXPECT_EQ(DetailOf(absl::CancelledError("")).reason(), v1::REASON_CANCELLED);
  EXPECT_EQ(DetailOf(absl::DeadlineExceededError("")).reason(), v1::REASON_DEADLINE_EXCEEDED);
  EXPECT_EQ(DetailOf(absl::InvalidArgumentError("")).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(DetailOf(absl::ResourceExhaustedError("")).reason(), v1::REASON_OVERLOADED);
  EXPECT_EQ(DetailOf(absl::UnimplementedError("")).reason(), v1::REASON_METHOD_UNKNOWN);
  EXPECT_EQ(DetailOf(absl::DataLossError("")).reason(), v1::REASON_LOG_DAMAGED);
  EXPECT_EQ(DetailOf(absl::UnknownError("")).reason(), v1::REASON_INTERNAL);
}

}  // namespace
}  // namespace tracegate

#include "protos/tracegate/wire_status.h"

#include <google/protobuf/stubs/logging.h>

#include <random>
#include <string>
#include <vector>

#include "google/protobuf/util/message_differencer.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// Over the wire and back.
absl::Status Travelled(const absl::Status& status) {
  return UnpackStatus(static_cast<int>(status.code()),
                      std::string_view(status.message().data(), status.message().size()),
                      PackDetails(status));
}

void ExpectSame(const absl::Status& sent, const absl::Status& arrived) {
  EXPECT_EQ(arrived.code(), sent.code());
  EXPECT_EQ(arrived.message(), sent.message());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(DetailOf(sent), DetailOf(arrived)))
      << DetailOf(sent).ShortDebugString() << "\n"
      << DetailOf(arrived).ShortDebugString();
}

TEST(WireStatus, BringsEveryReasonBack) {
  const auto* rows = v1::Reason_descriptor();
  for (int i = 0; i < rows->value_count(); ++i) {
    const auto reason = static_cast<v1::Reason>(rows->value(i)->number());
    if (reason == v1::REASON_UNSPECIFIED) continue;
    SCOPED_TRACE(rows->value(i)->name());
    const absl::Status plain = Failure(reason, "why");
    const absl::Status of_field = FieldFailure(reason, "request.item", "what");
    const absl::Status later = RetryableFailure(reason, "busy", absl::Milliseconds(1500));
    ExpectSame(plain, Travelled(plain));
    ExpectSame(of_field, Travelled(of_field));
    ExpectSame(later, Travelled(later));
  }
}

TEST(WireStatus, KeepsTheReasonOfEachOfSeveralFields) {
  std::vector<v1::FieldViolation> violations(12);
  for (int i = 0; i < 12; ++i) {
    violations[i].set_field("f" + std::to_string(i));
    violations[i].set_description("d" + std::to_string(i));
    violations[i].set_reason(i % 2 == 0 ? v1::REASON_FIELD_REQUIRED : v1::REASON_FIELD_INVALID);
  }
  const absl::Status sent = FieldFailures(v1::REASON_FIELD_REQUIRED, "many", violations);
  ExpectSame(sent, Travelled(sent));
}

TEST(WireStatus, IsReadableByAnybodyWhoKnowsGoogleRpc) {
  google::rpc::Status wire;
  ASSERT_TRUE(wire.ParseFromString(PackDetails(Failure(v1::REASON_NO_AGREEMENT, "none"))));
  EXPECT_EQ(wire.code(), 7);
  EXPECT_EQ(wire.message(), "none");
  ASSERT_EQ(wire.details_size(), 1);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(wire.details(0).UnpackTo(&info));
  EXPECT_EQ(info.domain(), "tracegate");
  EXPECT_EQ(info.reason(), "NO_AGREEMENT");
}

TEST(WireStatus, TakesTheNearestReasonWhereTheDetailsAreOfAnotherDomain) {
  google::rpc::Status wire;
  google::rpc::ErrorInfo info;
  info.set_domain("example.org");
  info.set_reason("NO_AGREEMENT");
  wire.add_details()->PackFrom(info);
  const absl::Status status = UnpackStatus(4, "late", wire.SerializeAsString());
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_DEADLINE_EXCEEDED);
}

TEST(WireStatus, IsNotMisledByTheDetailsOfAnotherDomainBesideItsOwn) {
  const absl::Status sent = FieldFailure(v1::REASON_FIELD_REQUIRED, "a", "b");
  google::rpc::Status wire;
  ASSERT_TRUE(wire.ParseFromString(PackDetails(sent)));
  google::rpc::ErrorInfo other;
  other.set_domain("example.org");
  other.set_reason("NO_AGREEMENT");
  wire.add_details()->PackFrom(other);
  ExpectSame(sent, UnpackStatus(3, "a: b", wire.SerializeAsString()));
}

TEST(WireStatus, TakesTheNearestReasonForReasonsOfALaterVersion) {
  google::rpc::Status wire;
  google::rpc::ErrorInfo info;
  info.set_domain("tracegate");
  info.set_reason("NOT_INVENTED_YET");
  wire.add_details()->PackFrom(info);
  EXPECT_EQ(DetailOf(UnpackStatus(3, "", wire.SerializeAsString())).reason(),
            v1::REASON_FIELD_INVALID);
}

TEST(WireStatus, IsOkForCodeZeroWhateverStandsBeside) {
  EXPECT_TRUE(UnpackStatus(0, "no", PackDetails(Failure(v1::REASON_INTERNAL, "no"))).ok());
}

TEST(WireStatus, SurvivesAnyBytesForDetails) {
  const google::protobuf::LogSilencer silencer;  // it says so of every text that is not UTF-8
  std::mt19937 random(20260101);
  const std::string good = PackDetails(FieldFailure(v1::REASON_FIELD_INVALID, "field", "text"));
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = good.substr(0, random() % (good.size() + 1));
    for (int i = 0; i < 4 && !bytes.empty(); ++i) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const absl::Status status = UnpackStatus(3, "bad", bytes);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(status.message(), "bad");
  }
  EXPECT_EQ(DetailOf(UnpackStatus(14, "", std::string(70000, 'x'))).reason(), v1::REASON_INTERNAL);
}

TEST(WireStatus, NeverTurnsAnUnknownCodeIntoSuccess) {
  for (const int code : {-1, 17, 99, 1 << 30})
    EXPECT_FALSE(UnpackStatus(code, "", "").ok()) << code;
}

}  // namespace
}  // namespace tracegate

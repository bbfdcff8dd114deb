#include "adapters/desk/desk_adapter.h"

#include <string>

#include "adapters/catalog.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'780'000'000);

DeskAdapter::Options Paraguay() {
  return {.name = "dimabel", .state = "PY", .clock = [] { return kNow; }};
}

absl::StatusOr<adapter::v1::FindResponse> Ask(DeskAdapter::Options options,
                                              const std::string& hop_id = "T.1") {
  DeskAdapter desk(std::move(options));
  adapter::v1::FindRequest request;
  request.set_hop_id(hop_id);
  absl::StatusOr<adapter::v1::FindResponse> answer = absl::InternalError("no callback");
  int calls = 0;
  desk.Find({}, request, [&](auto found) {
    answer = std::move(found);
    ++calls;
  });
  EXPECT_EQ(calls, 1);
  return answer;
}

TEST(DeskAdapter, TakesAQuestionAndCountsTheTargetsFromThen) {
  DeskAdapter::Options options = Paraguay();
  options.acknowledge_within = absl::Hours(24);
  options.look_every = absl::Hours(6);
  const auto found = Ask(options);
  ASSERT_TRUE(found.ok()) << found.status();
  const adapter::v1::Pending& pending = found->pending();
  const int64_t now = absl::ToUnixSeconds(kNow);
  EXPECT_EQ(pending.ask_again_time().seconds(), now + 6 * 3600);
  EXPECT_EQ(pending.desk().receive_time().seconds(), now);
  EXPECT_EQ(pending.desk().acknowledge_by().seconds(), now + 24 * 3600);
  EXPECT_FALSE(pending.desk().has_answer_by());
}

TEST(DeskAdapter, AsksForTheIdOfTheQuestion) {
  EXPECT_EQ(DetailOf(Ask(Paraguay(), "").status()).reason(), v1::REASON_FIELD_REQUIRED);
}

TEST(DeskAdapter, KeepsNoRecords) {
  DeskAdapter desk(Paraguay());
  adapter::v1::GetRecordRequest request;
  request.set_record_number("1");
  absl::Status status;
  desk.GetRecord({}, request, [&](const auto& got) { status = got.status(); });
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_RECORD_NOT_FOUND);
}

TEST(DeskAdapter, SaysWhoseOfficersAnswerAndHowSoon) {
  DeskAdapter::Options options = Paraguay();
  options.answer_within = absl::Hours(48);
  const adapter::v1::DescribeResponse description = DeskAdapter(options).Describe();
  EXPECT_EQ(description.name(), "dimabel");
  ASSERT_EQ(description.states_size(), 1);
  EXPECT_EQ(description.states(0), "PY");
  EXPECT_EQ(description.expected_answer_ms(), 48 * 3600 * 1000);
  EXPECT_TRUE(description.search_fields().empty());
}

TEST(DeskAdapter, IsBuiltFromAConfigurationWhoseTargetsAreTimes) {
  config::v1::Registry registry;
  registry.set_name("dimabel");
  registry.set_state("PY");
  registry.mutable_desk()->mutable_acknowledge_within()->set_seconds(1);
  AdapterSurroundings surroundings;
  surroundings.clock = [] { return kNow; };
  EXPECT_TRUE(BuildAdapter(registry, surroundings).ok());
  registry.mutable_desk()->mutable_acknowledge_within()->set_seconds(0);
  const absl::Status refused = BuildAdapter(registry, surroundings).status();
  EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("less than a second"));
}

}  // namespace
}  // namespace tracegate

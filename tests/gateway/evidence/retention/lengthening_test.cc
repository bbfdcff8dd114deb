#include "gateway/evidence/retention/lengthening.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/retention/example_rule.h"

namespace tracegate {
namespace {

using config::v1::Retention;
using config::v1::RETENTION_TRIGGER_TRACE_ENDED;
using testing::HasSubstr;

constexpr auto kRequest = v1::ENTRY_KIND_REQUEST_RECEIVED;
constexpr auto kAnswer = v1::ENTRY_KIND_ANSWER_DISCLOSED;

// The key that is refused; empty where none is.
std::string Refused(const ExampleRule& former, const ExampleRule& next) {
  const absl::Status status = CheckNotShortened(RetentionOf({former}), RetentionOf({next}));
  if (status.ok()) return "";
  EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
  EXPECT_THAT(std::string(status.message()), HasSubstr("'" + next.id + "'"));
  return DetailOf(status).violations(0).field();
}

TEST(Lengthening, LetsARuleBecomeLongerOrWider) {
  EXPECT_EQ(Refused({.years = 10}, {.years = 10}), "");
  EXPECT_EQ(Refused({.years = 10}, {.years = 20}), "");
  EXPECT_EQ(Refused({.years = 0, .days = 30}, {.years = 1}), "");
  EXPECT_EQ(Refused({.state = "BR"}, {.state = ""}), "");
  EXPECT_EQ(Refused({.kinds = {kRequest}}, {.kinds = {kAnswer, kRequest}}), "");
  EXPECT_EQ(Refused({.kinds = {kRequest}}, {}), "");
}

TEST(Lengthening, RefusesOneThatBecomesShorterOrNarrower) {
  EXPECT_EQ(Refused({.years = 10}, {.years = 9}), "retention.rules[0].years");
  EXPECT_EQ(Refused({.years = 10, .days = 1}, {.years = 10}), "retention.rules[0].days");
  EXPECT_EQ(Refused({.years = 1}, {.years = 0, .days = 365}), "retention.rules[0].years");
  EXPECT_EQ(Refused({}, {.trigger = RETENTION_TRIGGER_TRACE_ENDED, .years = 99}),
            "retention.rules[0].trigger");
  EXPECT_EQ(Refused({}, {.state = "BR"}), "retention.rules[0].state");
  EXPECT_EQ(Refused({.state = "BR"}, {.state = "AT"}), "retention.rules[0].state");
  EXPECT_EQ(Refused({.kinds = {kRequest, kAnswer}}, {.kinds = {kAnswer}}),
            "retention.rules[0].kinds");
  EXPECT_EQ(Refused({}, {.kinds = {kAnswer}}), "retention.rules[0].kinds");
}

TEST(Lengthening, LetsAShorterRuleStandUnderAnIdOfItsOwnAndARuleGo) {
  EXPECT_EQ(Refused({.id = "old", .years = 10}, {.id = "new", .years = 1}), "");
  EXPECT_TRUE(CheckNotShortened(RetentionOf({{}}), Retention()).ok());
  EXPECT_TRUE(CheckNotShortened(Retention(), RetentionOf({{.years = 1}})).ok());
}

TEST(Lengthening, NamesTheRuleByItsPlaceInTheNewConfiguration) {
  const absl::Status status =
      CheckNotShortened(RetentionOf({{.id = "a"}, {.id = "b", .years = 20}}),
                        RetentionOf({{.id = "c"}, {.id = "a"}, {.id = "b", .years = 2}}));
  EXPECT_EQ(DetailOf(status).violations(0).field(), "retention.rules[2].years");
  EXPECT_THAT(std::string(status.message()), HasSubstr("kept for 20 years, and would for 2"));
}

class RecordedRetention : public testing::Test {
 protected:
  void Add(v1::EntryKind kind, const std::string& content) {
    v1::EntryHeader header;
    header.set_kind(kind);
    rows_.push_back({static_cast<int64_t>(rows_.size()), header.SerializeAsString(), "s", content});
  }
  void AddConfiguration(v1::EntryKind kind, const std::string& rule_id) {
    config::v1::GatewayConfig config;
    *config.mutable_retention() = RetentionOf({{.id = rule_id}});
    Add(kind, config.SerializeAsString());
  }
  absl::StatusOr<std::optional<Retention>> Newest() {
    return NewestRecordedRetention(static_cast<int64_t>(rows_.size()),
                                   [this](int64_t index) -> absl::StatusOr<EntryRow> {
                                     return rows_[static_cast<size_t>(index)];
                                   });
  }

  std::vector<EntryRow> rows_;
};

TEST_F(RecordedRetention, IsThatOfTheNewestConfiguration) {
  EXPECT_FALSE(Newest()->has_value());
  Add(v1::ENTRY_KIND_LOG_READ, "no configuration");
  EXPECT_FALSE(Newest()->has_value());
  AddConfiguration(v1::ENTRY_KIND_GATEWAY_STARTED, "first");
  AddConfiguration(v1::ENTRY_KIND_POLICY_CHANGED, "second");
  Add(v1::ENTRY_KIND_LOG_READ, "no configuration");
  EXPECT_EQ((**Newest()).rules(0).id(), "second");
  AddConfiguration(v1::ENTRY_KIND_GATEWAY_STARTED, "third");
  EXPECT_EQ((**Newest()).rules(0).id(), "third");
}

TEST_F(RecordedRetention, IsDamageWhereTheConfigurationCannotBeRead) {
  Add(v1::ENTRY_KIND_GATEWAY_STARTED, "\xff\xff");
  EXPECT_EQ(DetailOf(Newest().status()).reason(), v1::REASON_LOG_DAMAGED);
}

}  // namespace
}  // namespace tracegate

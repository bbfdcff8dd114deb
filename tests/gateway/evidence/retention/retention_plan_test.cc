#include "gateway/evidence/retention/retention_plan.h"

#include <string>

#include "absl/time/civil_time.h"
#include "gateway/evidence/retention/erasable_kind.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/retention/example_rule.h"

namespace tracegate {
namespace {

using config::v1::RETENTION_TRIGGER_TRACE_ENDED;

absl::Time Day(int year, int month = 1, int day = 1) {
  return absl::FromCivil(absl::CivilDay(year, month, day), absl::UTCTimeZone());
}

struct Example {
  v1::EntryKind kind = v1::ENTRY_KIND_REQUEST_RECEIVED;
  std::string state = "BR";
  absl::Time recorded = Day(2026);
  bool has_content = true;
  TraceStanding trace = {.known = true, .open = false, .end_time = Day(2027), .reply_entry = 9};
  bool held = false;
};

RetentionVerdict Judge(const RetentionPlan& plan, const Example& example, absl::Time now) {
  v1::EntryHeader header;
  header.set_kind(example.kind);
  header.set_state(example.state);
  header.set_record_time_us(absl::ToUnixMicros(example.recorded));
  header.set_content_bytes(10);
  return plan.Judge(header, example.has_content, example.trace, example.held, now);
}

Keeping KeepingOf(const RetentionPlan& plan, const Example& example, absl::Time now) {
  return Judge(plan, example, now).keeping;
}

TEST(RetentionPlan, ErasesAtTheVeryEndOfThePeriodAndNoMicrosecondEarlier) {
  const RetentionPlan plan(RetentionOf({{.years = 10}}));
  EXPECT_EQ(KeepingOf(plan, {}, Day(2036) - absl::Microseconds(1)), Keeping::kRunning);
  EXPECT_EQ(KeepingOf(plan, {}, Day(2036)), Keeping::kDue);
  EXPECT_EQ(Judge(plan, {}, Day(2036)).until, Day(2036));
  EXPECT_EQ(Judge(plan, {}, Day(2036)).rule->id(), "ten-years");
}

TEST(RetentionPlan, KeepsWhatNoRuleFits) {
  const RetentionPlan plan(
      RetentionOf({{.state = "AT"},
                   {.id = "refusals", .kinds = {v1::ENTRY_KIND_CALL_REFUSED}},
                   {.id = "ended", .trigger = RETENTION_TRIGGER_TRACE_ENDED}}));
  EXPECT_EQ(KeepingOf(plan, {.trace = {}}, Day(3000)), Keeping::kNoRule);
  EXPECT_EQ(KeepingOf(plan, {.state = "AT", .trace = {}}, Day(3000)), Keeping::kDue);
  EXPECT_EQ(KeepingOf(plan, {.kind = v1::ENTRY_KIND_CALL_REFUSED, .trace = {}}, Day(3000)),
            Keeping::kDue);
  EXPECT_EQ(KeepingOf(plan, {}, Day(3000)), Keeping::kDue);
  EXPECT_EQ(KeepingOf(RetentionPlan({}), {}, Day(3000)), Keeping::kNoRule);
}

TEST(RetentionPlan, LetsTheLongestFittingRuleWinWhateverTheOrder) {
  const ExampleRule ten{.id = "ten", .years = 10};
  const ExampleRule thirty{.id = "thirty", .state = "BR", .years = 30};
  const ExampleRule other{.id = "other", .state = "AT", .years = 90};
  for (const auto& rules : {RetentionOf({ten, thirty, other}), RetentionOf({other, thirty, ten})}) {
    const RetentionPlan plan(rules);
    EXPECT_EQ(Judge(plan, {}, Day(2040)).rule->id(), "thirty");
    EXPECT_EQ(KeepingOf(plan, {}, Day(2055)), Keeping::kRunning);
    EXPECT_EQ(KeepingOf(plan, {}, Day(2056)), Keeping::kDue);
  }
}

TEST(RetentionPlan, CountsFromTheTracesEndWhereTheRuleSaysSo) {
  const RetentionPlan plan(RetentionOf({{.trigger = RETENTION_TRIGGER_TRACE_ENDED, .years = 1},
                                        {.id = "days", .years = 0, .days = 500}}));
  // 2027 and a year is later than 2026 and 500 days; from 2026-01-01 it would not be.
  EXPECT_EQ(Judge(plan, {}, Day(2030)).until, Day(2028));
  Example early;
  early.trace.end_time = Day(2026, 1, 2);
  EXPECT_EQ(Judge(plan, early, Day(2030)).rule->id(), "days");
}

TEST(RetentionPlan, CountsForWhatWasRecordedAfterTheEndFromThenOn) {
  const RetentionPlan plan(RetentionOf({{.trigger = RETENTION_TRIGGER_TRACE_ENDED}}));
  EXPECT_EQ(Judge(plan, {.recorded = Day(2036)}, Day(2037)).until, Day(2046));
}

TEST(RetentionPlan, KeepsAnOpenTraceWhateverTheRules) {
  const RetentionPlan plan(RetentionOf(
      {{}, {.id = "ended", .trigger = RETENTION_TRIGGER_TRACE_ENDED, .years = 0, .days = 1}}));
  Example open;
  open.trace.open = true;
  EXPECT_EQ(KeepingOf(plan, open, Day(3000)), Keeping::kOpenTrace);
}

TEST(RetentionPlan, LetsAHoldStopWhatIsDue) {
  const RetentionPlan plan(RetentionOf({{}}));
  EXPECT_EQ(KeepingOf(plan, {.held = true}, Day(2036)), Keeping::kHeld);
  EXPECT_EQ(KeepingOf(plan, {.held = true}, Day(2035)), Keeping::kRunning);
}

TEST(RetentionPlan, HasNothingToEraseWhereThereIsNoContent) {
  const RetentionPlan plan(RetentionOf({{}}));
  EXPECT_EQ(KeepingOf(plan, {.has_content = false}, Day(2036)), Keeping::kNothing);
}

TEST(RetentionPlan, NeverErasesWhatTheGatewaySaysOfItself) {
  const RetentionPlan plan(RetentionOf({{}}));
  int erasable = 0;
  for (int kind = 0; kind <= v1::EntryKind_MAX + 1; ++kind) {
    const auto one = static_cast<v1::EntryKind>(kind);
    const bool due = KeepingOf(plan, {.kind = one}, Day(3000)) == Keeping::kDue;
    EXPECT_EQ(due, IsErasable(one)) << kind;
    erasable += due ? 1 : 0;
  }
  EXPECT_EQ(erasable, 10);
  for (const auto kind :
       {v1::ENTRY_KIND_GATEWAY_STARTED, v1::ENTRY_KIND_LEGAL_HOLD_CHANGED,
        v1::ENTRY_KIND_CONTENT_ERASED, v1::ENTRY_KIND_LOG_READ, v1::ENTRY_KIND_LOG_KEYS_CHANGED}) {
    EXPECT_FALSE(IsErasable(kind)) << kind;
  }
}

TEST(RetentionPlan, KnowsFromWhenOnNothingCanBeDue) {
  const RetentionPlan plan(RetentionOf({{.years = 10}, {.id = "week", .years = 0, .days = 7}}));
  EXPECT_TRUE(plan.CanBeDue(Day(2026, 1, 1), Day(2026, 1, 8)));
  EXPECT_FALSE(plan.CanBeDue(Day(2026, 1, 2), Day(2026, 1, 8)));
  EXPECT_FALSE(RetentionPlan({}).CanBeDue(Day(1970), Day(3000)));
}

}  // namespace
}  // namespace tracegate

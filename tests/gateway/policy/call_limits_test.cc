#include "gateway/policy/call_limits.h"

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

const absl::Time kNoon = absl::FromCivil(absl::CivilHour(2026, 6, 15, 12), absl::UTCTimeZone());

Caller Agency(const std::string& state, const std::string& name) {
  Caller caller;
  caller.state = state;
  caller.agency = name;
  return caller;
}

const Caller kPolice = Agency("BR", "policia-federal");

config::v1::Limits LimitsOf(int per_minute, int burst, int at_once = -1, int per_day = -1) {
  config::v1::Limits limits;
  limits.set_calls_per_minute(per_minute);
  limits.set_burst(burst);
  limits.set_calls_at_once(at_once);
  limits.set_calls_per_day(per_day);
  return limits;
}

absl::Duration HintOf(const absl::Status& status) {
  const auto hint = DetailOf(status).retry_after();
  return absl::Seconds(hint.seconds()) + absl::Nanoseconds(hint.nanos());
}

// How many of `calls` at that instant are let in; each ends at once.
int LetIn(CallLimits* limits, const Caller& caller, absl::Time now, int calls) {
  int let_in = 0;
  for (int i = 0; i < calls; ++i) let_in += limits->Enter(caller, now).ok() ? 1 : 0;
  return let_in;
}

TEST(CallLimits, LetsTheBurstInAndThenAsManyAsTheMinuteGives) {
  CallLimits limits(LimitsOf(60, 10));
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 50), 10);
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon + absl::Milliseconds(999), 50), 0);
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon + absl::Seconds(1), 50), 1);
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon + absl::Hours(1), 50), 10);
}

TEST(CallLimits, SaysWhenToComeBackAndLetsInThenAndNotBefore) {
  CallLimits limits(LimitsOf(7, 1));
  ASSERT_TRUE(limits.Enter(kPolice, kNoon).ok());
  const auto refused = limits.Enter(kPolice, kNoon);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(DetailOf(refused.status()).reason(), v1::REASON_RATE_LIMITED);
  const absl::Duration hint = HintOf(refused.status());
  EXPECT_GT(hint, absl::Seconds(8));
  EXPECT_FALSE(limits.Enter(kPolice, kNoon + hint - absl::Milliseconds(1)).ok());
  EXPECT_TRUE(limits.Enter(kPolice, kNoon + hint).ok());
}

TEST(CallLimits, CountsItemsAsCallsAndLeavesATenthOfTheBurstToOthers) {
  CallLimits limits(LimitsOf(60, 20));
  int items = 0;
  while (items < 50 && limits.EnterItem(kPolice, kNoon).ok()) ++items;
  EXPECT_EQ(items, 18);
  const absl::Status full = limits.EnterItem(kPolice, kNoon);
  EXPECT_EQ(DetailOf(full).reason(), v1::REASON_RATE_LIMITED);
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 50), 2);
  // The next second's is anybody's, and an item's only above the tenth.
  EXPECT_EQ(HintOf(limits.EnterItem(kPolice, kNoon)), absl::Seconds(3));
  EXPECT_FALSE(limits.EnterItem(kPolice, kNoon + absl::Milliseconds(2999)).ok());
  EXPECT_TRUE(limits.EnterItem(kPolice, kNoon + absl::Seconds(3)).ok());
}

TEST(CallLimits, RefusesItemsPastTheDaysWhateverIsAtOnce) {
  CallLimits limits(LimitsOf(-1, 1, /*at_once=*/1, /*per_day=*/3));
  const auto batch = limits.Enter(kPolice, kNoon);
  ASSERT_TRUE(batch.ok());
  EXPECT_TRUE(limits.EnterItem(kPolice, kNoon).ok());
  EXPECT_TRUE(limits.EnterItem(kPolice, kNoon).ok());
  EXPECT_EQ(DetailOf(limits.EnterItem(kPolice, kNoon)).reason(), v1::REASON_QUOTA_EXCEEDED);
  EXPECT_TRUE(limits.EnterItem(kPolice, kNoon + absl::Hours(12)).ok());
}

TEST(CallLimits, CountsAgenciesApart) {
  CallLimits limits(LimitsOf(60, 2));
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 5), 2);
  EXPECT_EQ(LetIn(&limits, Agency("AR", "policia-federal"), kNoon, 5), 2);
  EXPECT_EQ(LetIn(&limits, Agency("BR", "exercito"), kNoon, 5), 2);
}

TEST(CallLimits, CountsOneAgencyOnceWhateverItsRoleAndCertificate) {
  CallLimits limits(LimitsOf(60, 2));
  Caller other = kPolice;
  other.role = Role::kDesk;
  other.certificate_fingerprint = "another";
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 1), 1);
  EXPECT_EQ(LetIn(&limits, other, kNoon, 5), 1);
}

TEST(CallLimits, GivesAPlaceBackWhenTheCallEnds) {
  CallLimits limits(LimitsOf(-1, 1, 2));
  std::optional<absl::StatusOr<CallTicket>> first = limits.Enter(kPolice, kNoon);
  auto second = limits.Enter(kPolice, kNoon);
  const auto third = limits.Enter(kPolice, kNoon);
  EXPECT_EQ(DetailOf(third.status()).reason(), v1::REASON_RATE_LIMITED);
  EXPECT_GT(HintOf(third.status()), absl::ZeroDuration());
  first.reset();
  auto moved = *std::move(second);  // a ticket that moved holds one place, not two or none
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 3), 3);
  auto fourth = limits.Enter(kPolice, kNoon);
  EXPECT_TRUE(fourth.ok());
  EXPECT_FALSE(limits.Enter(kPolice, kNoon).ok());
}

TEST(CallLimits, LetsATicketOutliveTheLimits) {
  CallTicket ticket;
  {
    CallLimits limits(LimitsOf(-1, 1, 1));
    ticket = *limits.Enter(kPolice, kNoon);
  }
}

TEST(CallLimits, CountsTheUtcDay) {
  const absl::Time late =
      absl::FromCivil(absl::CivilSecond(2026, 6, 15, 23, 59, 59), absl::UTCTimeZone());
  CallLimits limits(LimitsOf(-1, 1, -1, 3));
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 2), 2);
  EXPECT_EQ(LetIn(&limits, kPolice, late, 5), 1);
  const auto refused = limits.Enter(kPolice, late);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(DetailOf(refused.status()).reason(), v1::REASON_QUOTA_EXCEEDED);
  EXPECT_EQ(HintOf(refused.status()), absl::Seconds(1));
  EXPECT_EQ(LetIn(&limits, kPolice, late + absl::Seconds(1), 5), 3);
}

TEST(CallLimits, UsesNothingUpForACallThatIsTurnedAway) {
  CallLimits limits(LimitsOf(60, 1, -1, 3));
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 100), 1);  // 99 past the minute's
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon + absl::Seconds(1), 1), 1);
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon + absl::Seconds(2), 1), 1);
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon + absl::Seconds(3), 1), 0);  // the day's
}

TEST(CallLimits, DoesNotGiveADayBackWhenTheClockGoesBack) {
  CallLimits limits(LimitsOf(-1, 1, -1, 1));
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 1), 1);
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon - absl::Hours(24), 1), 0);
}

TEST(CallLimits, KeepsItsCountsWhenTheBoundsChange) {
  CallLimits limits(LimitsOf(60, 10, -1, 8));
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 6), 6);
  limits.Configure(LimitsOf(60, 9, -1, 7));
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 5), 1);  // the seventh of the day
  limits.Configure(LimitsOf(60, 9, -1, 100));
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 5), 2);  // of nine at once, seven are taken
}

TEST(CallLimits, KeepsCountingCallsInFlightWhenTheBoundsChange) {
  CallLimits limits(LimitsOf(-1, 1, 5));
  auto first = limits.Enter(kPolice, kNoon);
  limits.Configure(LimitsOf(-1, 1, 1));
  EXPECT_FALSE(limits.Enter(kPolice, kNoon).ok());
}

TEST(CallLimits, HasNoBoundWhereNoneIsSaid) {
  CallLimits limits(LimitsOf(-1, 1));
  std::vector<CallTicket> tickets;
  for (int i = 0; i < 20000; ++i) tickets.push_back(*limits.Enter(kPolice, kNoon));
}

TEST(CallLimits, TakesTheDocumentedDefaultsForZero) {
  CallLimits limits(config::v1::Limits{});
  EXPECT_EQ(LetIn(&limits, kPolice, kNoon, 2000), 1000);
  std::vector<CallTicket> tickets;
  const absl::Time later = kNoon + absl::Minutes(1);
  while (true) {
    auto ticket = limits.Enter(kPolice, later);
    if (!ticket.ok()) break;
    tickets.push_back(*std::move(ticket));
  }
  EXPECT_EQ(tickets.size(), 256u);
}

TEST(CallLimits, LetsABatchOfFiveThousandThroughByDefault) {
  CallLimits limits(config::v1::Limits{});
  absl::Time now = kNoon;
  for (int done = 0; done < 5000;) {
    const auto ticket = limits.Enter(kPolice, now);
    if (ticket.ok()) {
      ++done;
    } else {
      now += HintOf(ticket.status());
    }
  }
  EXPECT_LE(now - kNoon, absl::Minutes(1));
}

TEST(CallLimits, ForgetsIdleAgenciesAndNeverOneAtItsLimit) {
  CallLimits limits(LimitsOf(60, 2), 3);
  EXPECT_EQ(LetIn(&limits, Agency("BR", "a"), kNoon, 2), 2);  // at its limit
  EXPECT_EQ(LetIn(&limits, Agency("BR", "b"), kNoon, 1), 1);
  EXPECT_EQ(LetIn(&limits, Agency("BR", "c"), kNoon, 2), 2);  // at its limit
  EXPECT_EQ(LetIn(&limits, Agency("BR", "d"), kNoon, 2), 2);  // in the place of b
  EXPECT_EQ(limits.agencies(), 3u);
  EXPECT_EQ(LetIn(&limits, Agency("BR", "a"), kNoon, 1), 0);
  EXPECT_EQ(LetIn(&limits, Agency("BR", "c"), kNoon, 1), 0);
  EXPECT_EQ(LetIn(&limits, Agency("BR", "e"), kNoon, 1), 0);  // all three are at their limits
  EXPECT_EQ(LetIn(&limits, Agency("BR", "e"), kNoon + absl::Minutes(1), 1), 1);
  EXPECT_EQ(limits.agencies(), 1u);
}

TEST(CallLimits, NeverForgetsAnAgencyWithACallInFlight) {
  CallLimits limits(LimitsOf(-1, 1, 1), 1);
  auto held = limits.Enter(Agency("BR", "a"), kNoon);
  EXPECT_FALSE(limits.Enter(Agency("BR", "b"), kNoon + absl::Hours(9)).ok());
  EXPECT_FALSE(limits.Enter(Agency("BR", "a"), kNoon + absl::Hours(9)).ok());
}

TEST(CallLimits, RecordsSoManyStrangersAMinuteAndCountsTheRest) {
  config::v1::Limits configured;
  configured.set_strangers_per_minute(3);
  CallLimits limits(configured);
  int recorded = 0;
  for (int i = 0; i < 10; ++i) recorded += limits.RecordsStranger(kNoon) ? 1 : 0;
  EXPECT_EQ(recorded, 3);
  EXPECT_EQ(limits.TakeUncounted(), 7);
  EXPECT_EQ(limits.TakeUncounted(), 0);
  EXPECT_TRUE(limits.RecordsStranger(kNoon + absl::Seconds(20)));
  EXPECT_FALSE(limits.RecordsStranger(kNoon + absl::Seconds(20)));
  EXPECT_EQ(limits.TakeUncounted(), 1);
}

TEST(CallLimits, RecordsEveryStrangerWhereNoBoundIsSaid) {
  config::v1::Limits configured;
  configured.set_strangers_per_minute(-1);
  CallLimits limits(configured);
  for (int i = 0; i < 5000; ++i) ASSERT_TRUE(limits.RecordsStranger(kNoon));
  EXPECT_EQ(limits.TakeUncounted(), 0);
}

TEST(CallLimits, LetsInExactlyAsManyFromSeveralThreads) {
  CallLimits limits(LimitsOf(60, 500, 4));
  std::atomic<int> let_in = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) {
        if (limits.Enter(kPolice, kNoon).ok()) ++let_in;
        limits.RecordsStranger(kNoon);
      }
    });
  }
  limits.Configure(LimitsOf(60, 500, 4));
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(let_in, 500);
  EXPECT_EQ(limits.TakeUncounted(), 4000 - 600);
}

}  // namespace
}  // namespace tracegate

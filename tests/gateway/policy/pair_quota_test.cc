#include "gateway/policy/pair_quota.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/policy/example_agreement.h"

namespace tracegate {
namespace {

const absl::CivilDay kDay(2026, 6, 15);
const absl::Time kNoon = absl::FromCivil(absl::CivilHour(2026, 6, 15, 12), absl::UTCTimeZone());

config::v1::Agreement QuotaOf(int per_minute, int per_day, const std::string& asking = "AR") {
  config::v1::Agreement agreement = ExampleAgreement(asking, "BR");
  agreement.mutable_quota()->set_per_minute(per_minute);
  agreement.mutable_quota()->set_per_day(per_day);
  return agreement;
}

int Taken(PairQuota* quota, const config::v1::Agreement& agreement, absl::Time now, int questions) {
  int taken = 0;
  for (int i = 0; i < questions; ++i) taken += quota->Take(agreement, now).ok() ? 1 : 0;
  return taken;
}

TEST(PairQuota, BoundsTheMinuteAndSaysWhenToComeBack) {
  PairQuota quota;
  const auto agreement = QuotaOf(30, 0);
  EXPECT_EQ(Taken(&quota, agreement, kNoon, 100), 30);
  const absl::Status refused = quota.Take(agreement, kNoon);
  EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_RATE_LIMITED);
  EXPECT_EQ(DetailOf(refused).retry_after().seconds(), 2);
  EXPECT_EQ(Taken(&quota, agreement, kNoon + absl::Milliseconds(1999), 9), 0);
  EXPECT_EQ(Taken(&quota, agreement, kNoon + absl::Seconds(2), 9), 1);
}

TEST(PairQuota, BoundsTheUtcDay) {
  PairQuota quota;
  const auto agreement = QuotaOf(0, 5);
  EXPECT_EQ(Taken(&quota, agreement, kNoon, 9), 5);
  const absl::Status refused = quota.Take(agreement, kNoon);
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_QUOTA_EXCEEDED);
  EXPECT_EQ(DetailOf(refused).retry_after().seconds(), 12 * 3600);
  EXPECT_EQ(Taken(&quota, agreement, kNoon + absl::Hours(12) - absl::Seconds(1), 9), 0);
  EXPECT_EQ(Taken(&quota, agreement, kNoon + absl::Hours(12), 9), 5);
}

TEST(PairQuota, HasNoBoundWhereNoneIsSaid) {
  PairQuota quota;
  EXPECT_EQ(Taken(&quota, ExampleAgreement("AR", "BR"), kNoon, 10000), 10000);
  EXPECT_EQ(quota.UsedToday("AR-asks-BR", kNoon), 10000);
}

TEST(PairQuota, CountsAgreementsApart) {
  PairQuota quota;
  EXPECT_EQ(Taken(&quota, QuotaOf(0, 2), kNoon, 9), 2);
  EXPECT_EQ(Taken(&quota, QuotaOf(0, 2, "CL"), kNoon, 9), 2);
}

TEST(PairQuota, CountsNothingForAQuestionThatIsTurnedAway) {
  PairQuota quota;
  const auto agreement = QuotaOf(1, 2);
  EXPECT_EQ(Taken(&quota, agreement, kNoon, 9), 1);
  EXPECT_EQ(quota.UsedToday(agreement.id(), kNoon), 1);
  EXPECT_EQ(Taken(&quota, agreement, kNoon + absl::Minutes(1), 9), 1);
  EXPECT_EQ(Taken(&quota, agreement, kNoon + absl::Minutes(2), 9), 0);
}

TEST(PairQuota, KnowsTheMorningWhenABoundIsSetAtNoon) {
  PairQuota quota;
  EXPECT_EQ(Taken(&quota, QuotaOf(0, 0), kNoon, 7), 7);
  EXPECT_EQ(Taken(&quota, QuotaOf(0, 10), kNoon, 9), 3);
  EXPECT_EQ(Taken(&quota, QuotaOf(0, 12), kNoon, 9), 2);
}

TEST(PairQuota, KnowsWhatWasUsedBeforeTheStart) {
  PairQuota quota;
  const auto agreement = QuotaOf(0, 5);
  quota.Restore(agreement.id(), kDay, 4);
  EXPECT_EQ(Taken(&quota, agreement, kNoon, 9), 1);
  quota.Restore(agreement.id(), kDay, 2);  // an older figure lowers nothing
  EXPECT_EQ(Taken(&quota, agreement, kNoon, 9), 0);
  EXPECT_EQ(Taken(&quota, agreement, kNoon + absl::Hours(24), 9), 5);
  quota.Restore(agreement.id(), kDay, 5);  // nor does one of a day that is over
  EXPECT_EQ(quota.UsedToday(agreement.id(), kNoon + absl::Hours(24)), 5);
}

TEST(PairQuota, OfYesterdayNothingIsLeft) {
  PairQuota quota;
  const auto agreement = QuotaOf(0, 5);
  quota.Restore(agreement.id(), kDay - 1, 5);
  EXPECT_EQ(Taken(&quota, agreement, kNoon, 9), 5);
}

TEST(PairQuota, GivesOutExactlyAsManyToSeveralThreads) {
  PairQuota quota;
  const auto agreement = QuotaOf(0, 700);
  std::atomic<int> taken = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] { taken += Taken(&quota, agreement, kNoon, 500); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(taken, 700);
}

}  // namespace
}  // namespace tracegate

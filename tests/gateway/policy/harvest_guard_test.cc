#include "gateway/policy/harvest_guard.h"

#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

const absl::Time kNoon = absl::FromCivil(absl::CivilHour(2026, 6, 15, 12), absl::UTCTimeZone());
const HarvestKey kKey = {"AR", "policia", "BR"};

WeaponAsked Taurus(int64_t number) {
  return WeaponAskedOf("TAURUS", "TB" + std::to_string(number));
}

// Weapons of fifty makers whose serials lie far apart.
WeaponAsked Mixed(int i) {
  return WeaponAskedOf("MAKER" + std::to_string(i % 50),
                       "S" + std::to_string(10000 + (i * 7919) % 900000 * 11));
}

// A guard and an agency that asks one question a second, each answered at once.
class HarvestGuardTest : public testing::Test {
 protected:
  v1::Reason Ask(const WeaponAsked& weapon, bool hit, const HarvestKey& key = kKey) {
    now_ += absl::Seconds(1);
    const HarvestJudgement judgement = guard_.Asked(key, weapon, now_);
    if (judgement.change) changes_.push_back(*judgement.change);
    if (judgement.status.ok()) {
      guard_.Answered(key, weapon, hit);
      ++let_through_;
      return v1::REASON_UNSPECIFIED;
    }
    const v1::FailureDetail detail = DetailOf(judgement.status);
    hint_ = absl::Seconds(detail.retry_after().seconds()) +
            absl::Nanoseconds(detail.retry_after().nanos());
    EXPECT_EQ(judgement.status.code(), detail.reason() == v1::REASON_HARVEST_REFUSED
                                           ? absl::StatusCode::kPermissionDenied
                                           : absl::StatusCode::kResourceExhausted);
    return detail.reason();
  }
  // Walks `count` serials from `first` on; the verdict on the last.
  v1::Reason Walk(int64_t first, int count, bool hit, int step = 1) {
    v1::Reason last = v1::REASON_UNSPECIFIED;
    for (int i = 0; i < count; ++i) last = Ask(Taurus(first + i * step), hit);
    return last;
  }
  void Configure(const config::v1::HarvestGuard& config) { guard_.Configure(config); }

  HarvestGuard guard_{config::v1::HarvestGuard{}};
  absl::Time now_ = kNoon;
  absl::Duration hint_;
  int let_through_ = 0;
  std::vector<v1::HarvestSuspicion> changes_;
};

TEST_F(HarvestGuardTest, LetsASeizureOfFiveHundredMixedWeaponsPass) {
  for (int i = 0; i < 500; ++i) EXPECT_EQ(Ask(Mixed(i), i % 3 == 0), v1::REASON_UNSPECIFIED) << i;
  EXPECT_TRUE(changes_.empty());
}

TEST_F(HarvestGuardTest, LetsACrateOfConsecutiveSerialsPassThatIsFound) {
  EXPECT_EQ(Walk(5000, 150, true), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Walk(9000, 500, true), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(let_through_, 650);
  EXPECT_TRUE(changes_.empty());
}

TEST_F(HarvestGuardTest, SlowsAWalkerWithoutHitsAfterTheFirstTwoHundred) {
  EXPECT_EQ(Walk(5000, 200, false), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Ask(Taurus(5200), false), v1::REASON_HARVEST_SUSPECTED);
  ASSERT_EQ(changes_.size(), 1u);
  const v1::HarvestSuspicion& change = changes_[0];
  EXPECT_EQ(change.asking_state(), "AR");
  EXPECT_EQ(change.agency(), "policia");
  EXPECT_EQ(change.answering_state(), "BR");
  EXPECT_EQ(change.verdict(), v1::HARVEST_VERDICT_SLOW);
  EXPECT_EQ(change.former_verdict(), v1::HARVEST_VERDICT_PASS);
  EXPECT_THAT(change.patterns(),
              ElementsAre(v1::HARVEST_PATTERN_WALKING, v1::HARVEST_PATTERN_ONE_MAKER,
                          v1::HARVEST_PATTERN_NO_HITS));
  EXPECT_EQ(change.asked(), 200);
  EXPECT_EQ(change.walked(), 199);
  EXPECT_EQ(change.of_one_maker(), 200);
  EXPECT_EQ(change.answered(), 200);
  EXPECT_EQ(change.hits(), 0);
  EXPECT_FALSE(change.has_refused_until());
}

TEST_F(HarvestGuardTest, LetsOneThroughAtEachHintAndTheHintsGrow) {
  Walk(5000, 201, false);
  std::vector<absl::Duration> hints;
  for (int i = 0; i < 12; ++i) {
    hints.push_back(hint_);
    now_ += hint_ - absl::Seconds(2);
    EXPECT_EQ(Ask(Taurus(6000 + i), false), v1::REASON_HARVEST_SUSPECTED);  // a second early
    EXPECT_EQ(Ask(Taurus(6000 + i), false), v1::REASON_UNSPECIFIED);        // on time
    EXPECT_EQ(Ask(Taurus(7000 + i), false), v1::REASON_HARVEST_SUSPECTED);
  }
  EXPECT_EQ(hints[0], absl::Seconds(10));
  for (size_t i = 1; i < hints.size(); ++i) EXPECT_GE(hints[i], hints[i - 1]);
  EXPECT_GT(hints[8], absl::Minutes(30));
  EXPECT_LE(hints[11], absl::Hours(1));
}

TEST_F(HarvestGuardTest, RefusesAWalkerWithoutHitsThatGoesOn) {
  Walk(5000, 201, false);
  EXPECT_EQ(Walk(5201, 55, false), v1::REASON_HARVEST_REFUSED);
  ASSERT_EQ(changes_.size(), 2u);
  EXPECT_EQ(changes_[1].verdict(), v1::HARVEST_VERDICT_REFUSE);
  EXPECT_EQ(changes_[1].former_verdict(), v1::HARVEST_VERDICT_SLOW);
  EXPECT_THAT(changes_[1].patterns(), Contains(v1::HARVEST_PATTERN_PRESSING));
  EXPECT_EQ(changes_[1].pressed(), 51);
  EXPECT_EQ(changes_[1].refused_until().seconds() - changes_[1].verdict_time().seconds(),
            24 * 3600);
  EXPECT_LE(let_through_, 204);
}

TEST_F(HarvestGuardTest, RefusesUntilTheWindowHasPassedAndBeginsAnewThen) {
  Walk(5000, 300, false);
  ASSERT_EQ(changes_.size(), 2u);
  const absl::Time until = absl::FromUnixSeconds(changes_[1].refused_until().seconds());
  now_ = until - absl::Seconds(2);
  EXPECT_EQ(Ask(Mixed(1), true), v1::REASON_HARVEST_REFUSED);
  EXPECT_EQ(Ask(Mixed(1), true), v1::REASON_UNSPECIFIED);
  ASSERT_EQ(changes_.size(), 3u);
  EXPECT_EQ(changes_[2].verdict(), v1::HARVEST_VERDICT_PASS);
  EXPECT_EQ(changes_[2].former_verdict(), v1::HARVEST_VERDICT_REFUSE);
  EXPECT_EQ(Walk(9000, 199, false), v1::REASON_UNSPECIFIED);
}

TEST_F(HarvestGuardTest, PassesAgainOnceTheQuestionsAreOlderThanTheWindow) {
  Walk(5000, 201, false);
  now_ += absl::Hours(24);
  EXPECT_EQ(Ask(Taurus(6000), false), v1::REASON_UNSPECIFIED);
  ASSERT_EQ(changes_.size(), 2u);
  EXPECT_EQ(changes_[1].verdict(), v1::HARVEST_VERDICT_PASS);
}

TEST_F(HarvestGuardTest, SlowsACrateThatIsFoundOnlyPastTheBoundOfOnePatternAlone) {
  EXPECT_EQ(Walk(5000, 1000, true), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Ask(Taurus(6000), true), v1::REASON_HARVEST_SUSPECTED);
  EXPECT_EQ(Walk(6001, 1000, true),
            v1::REASON_HARVEST_SUSPECTED);  // found: slowed, and not refused so soon
}

TEST_F(HarvestGuardTest, RefusesWhoeverPressesOnFarPastTheHintsWhateverIsFound) {
  config::v1::HarvestGuard config;
  config.set_pressed_max(100);
  Configure(config);
  Walk(5000, 1001, true);
  EXPECT_EQ(Walk(7000, 100, true), v1::REASON_HARVEST_SUSPECTED);
  EXPECT_EQ(Walk(8000, 20, true), v1::REASON_HARVEST_REFUSED);
}

TEST_F(HarvestGuardTest, SlowsASweepOfOneMaker) {
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(Ask(Taurus(i * 1000), true), v1::REASON_UNSPECIFIED) << i;
  EXPECT_EQ(Ask(Taurus(2000000), true), v1::REASON_HARVEST_SUSPECTED);
  ASSERT_EQ(changes_.size(), 1u);
  EXPECT_THAT(changes_[0].patterns(), ElementsAre(v1::HARVEST_PATTERN_ONE_MAKER));
}

TEST_F(HarvestGuardTest, SeesASweepThroughOtherWeaponsAtItsPercentAndNotBelow) {
  for (const bool swept : {true, false}) {
    HarvestKey key = kKey;
    key.agency = swept ? "swept" : "mixed";
    v1::Reason last = v1::REASON_UNSPECIFIED;
    // 51 others in a thousand leave 94.9 percent: integer percents say 94.
    for (int i = 0; i < 1001; ++i) {
      const bool other = i < (swept ? 50 : 51);
      last = Ask(other ? Mixed(i) : Taurus(i * 1000), true, key);
    }
    EXPECT_EQ(last, swept ? v1::REASON_HARVEST_SUSPECTED : v1::REASON_UNSPECIFIED);
  }
}

TEST_F(HarvestGuardTest, SlowsWhoeverFindsNextToNothingPastTheBound) {
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(Ask(Mixed(i), i < 19), v1::REASON_UNSPECIFIED) << i;
  EXPECT_EQ(Ask(Mixed(1000), false), v1::REASON_HARVEST_SUSPECTED);
  EXPECT_THAT(changes_[0].patterns(), ElementsAre(v1::HARVEST_PATTERN_NO_HITS));
}

TEST_F(HarvestGuardTest, DoesNotCallTwoPercentNothing) {
  for (int i = 0; i < 1000; ++i) Ask(Mixed(i), i < 20);
  EXPECT_EQ(Ask(Mixed(1000), false), v1::REASON_UNSPECIFIED);
}

TEST_F(HarvestGuardTest, TakesSerialsOneStepTooFarApartForNoWalk) {
  EXPECT_EQ(Walk(5000, 300, false, 11), v1::REASON_UNSPECIFIED);
  EXPECT_TRUE(changes_.empty());
}

TEST_F(HarvestGuardTest, TakesSerialsJustNearEnoughForAWalkInWhateverOrder) {
  EXPECT_EQ(Walk(5000, 201, false, 10), v1::REASON_HARVEST_SUSPECTED);
  let_through_ = 0;
  HarvestKey other = kKey;
  other.agency = "backwards";
  for (int i = 0; i < 200; ++i) Ask(Taurus(90000 - i), false, other);
  EXPECT_EQ(Ask(Taurus(80000), false, other), v1::REASON_HARVEST_SUSPECTED);
}

TEST_F(HarvestGuardTest, DoesNotTakeOtherLettersOrAnotherMakerForTheSameWalk) {
  for (int i = 0; i < 300; ++i) {
    const std::string letters(1, static_cast<char>('A' + i % 26));
    EXPECT_EQ(
        Ask(WeaponAskedOf("MAKER" + std::to_string(i / 26), letters + std::to_string(5000 + i)),
            false),
        v1::REASON_UNSPECIFIED);
  }
}

TEST_F(HarvestGuardTest, IsNotDilutedByAskingTheSameAgain) {
  Ask(Taurus(1), true);
  for (int i = 0; i < 500; ++i) Ask(Taurus(1), true);  // neither more weapons nor more hits
  EXPECT_EQ(Walk(5000, 199, false), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Ask(Taurus(5199), false), v1::REASON_HARVEST_SUSPECTED);
  EXPECT_EQ(Ask(Taurus(1), true), v1::REASON_UNSPECIFIED);  // it was let through before
}

TEST_F(HarvestGuardTest, SaysNothingOfHitsBeforeHalfIsAnswered) {
  for (int i = 0; i < 300; ++i) {
    EXPECT_TRUE(guard_.Asked(kKey, Taurus(5000 + i), kNoon).status.ok());
  }
  for (int i = 0; i < 149; ++i) guard_.Answered(kKey, Taurus(5000 + i), false);
  EXPECT_TRUE(guard_.Asked(kKey, Taurus(4999), kNoon).status.ok());
  guard_.Answered(kKey, Taurus(5149), false);
  guard_.Answered(kKey, Taurus(5150), false);
  EXPECT_FALSE(guard_.Asked(kKey, Taurus(4998), kNoon).status.ok());
}

TEST_F(HarvestGuardTest, JudgesAgenciesAndStatesApart) {
  Walk(5000, 201, false);
  EXPECT_EQ(Ask(Taurus(5300), false, {"AR", "gendarmeria", "BR"}), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Ask(Taurus(5300), false, {"AR", "policia", "CL"}), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Ask(Taurus(5300), false), v1::REASON_HARVEST_SUSPECTED);
}

TEST_F(HarvestGuardTest, IsSilentWhereItIsOffAndKeepsWhatItKnowsOverAConfiguration) {
  Walk(5000, 201, false);
  config::v1::HarvestGuard off;
  off.set_off(true);
  Configure(off);
  EXPECT_EQ(Ask(Taurus(5300), false), v1::REASON_UNSPECIFIED);
  Configure(config::v1::HarvestGuard{});
  EXPECT_EQ(Ask(Taurus(5301), false), v1::REASON_HARVEST_SUSPECTED);
}

TEST_F(HarvestGuardTest, TakesTheBoundsOfTheConfiguration) {
  config::v1::HarvestGuard config;
  config.set_requests_min(20);
  Configure(config);
  EXPECT_EQ(Walk(5000, 20, false), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Walk(5020, 1, false), v1::REASON_HARVEST_SUSPECTED);
}

TEST(HarvestGuard, ForgetsTheKeySilentLongestAndNeverOneThatIsSlowed) {
  config::v1::HarvestGuard config;
  config.set_requests_min(5);
  HarvestGuard guard(config, 2);
  const auto walk = [&](const std::string& agency, int count, absl::Time now) {
    absl::Status last;
    for (int i = 0; i < count; ++i) {
      last = guard.Asked({"AR", agency, "BR"}, Taurus(i), now).status;
      guard.Answered({"AR", agency, "BR"}, Taurus(i), false);
    }
    return last;
  };
  EXPECT_FALSE(walk("slowed", 6, kNoon).ok());
  EXPECT_TRUE(walk("b", 5, kNoon).ok());
  EXPECT_TRUE(walk("c", 5, kNoon).ok());  // in the place of b
  EXPECT_EQ(guard.keys(), 2u);
  EXPECT_FALSE(walk("slowed", 6, kNoon).ok());
  EXPECT_FALSE(walk("c", 6, kNoon).ok());
  EXPECT_FALSE(walk("d", 1, kNoon).ok());  // both are slowed: nobody else is let in unwatched
  EXPECT_TRUE(walk("d", 1, kNoon + absl::Hours(25)).ok());
  EXPECT_EQ(guard.keys(), 2u);
}

TEST(HarvestGuard, CountsEveryQuestionOfSeveralThreads) {
  HarvestGuard guard{config::v1::HarvestGuard{}};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&guard, t] {
      for (int i = 0; i < 50; ++i) {
        EXPECT_TRUE(guard.Asked(kKey, Taurus(t * 50 + i), kNoon).status.ok());
        guard.Answered(kKey, Taurus(t * 50 + i), false);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const HarvestJudgement next = guard.Asked(kKey, Taurus(200), kNoon);
  ASSERT_TRUE(next.change.has_value());
  EXPECT_EQ(next.change->asked(), 200);
  EXPECT_EQ(next.change->answered(), 200);
}

TEST(WeaponAsked, TakesTheLastRunOfDigitsAsTheNumber) {
  const auto read = [](const std::string& serial) {
    const WeaponAsked weapon = WeaponAskedOf("M", serial);
    return weapon.letters + " " + (weapon.number ? std::to_string(*weapon.number) : "none");
  };
  EXPECT_EQ(read("TB12345"), "TB# 12345");
  EXPECT_EQ(read("12345"), "# 12345");
  EXPECT_EQ(read("12AB345C"), "12AB#C 345");
  EXPECT_EQ(read("A0012"), "A# 12");
  EXPECT_EQ(read("ABC"), "ABC none");
  EXPECT_EQ(read(""), " none");
  EXPECT_EQ(read("A123456789012345678"), "A# 123456789012345678");
  EXPECT_EQ(read("A1234567890123456789"), "A1234567890123456789 none");
}

TEST(QuestionWindow, KeepsTheNewestTwoThousandAndForgetsWhatTheyCounted) {
  QuestionWindow window;
  for (int i = 0; i < 3000; ++i) {
    window.Add(Taurus(i), 10, kNoon + absl::Seconds(i));
    window.Answered(Taurus(i), i % 2 == 0);
  }
  EXPECT_EQ(window.counts().asked, 2048);
  EXPECT_EQ(window.counts().answered, 2048);
  EXPECT_EQ(window.counts().hits, 1024);
  EXPECT_EQ(window.counts().of_one_maker, 2048);
  EXPECT_FALSE(window.Contains(Taurus(951)));
  EXPECT_TRUE(window.Contains(Taurus(952)));
  window.Forget(kNoon + absl::Seconds(2999));
  EXPECT_EQ(window.counts().asked, 1);
  window.Forget(kNoon + absl::Seconds(3000));
  EXPECT_EQ(window.counts().asked, 0);
  EXPECT_EQ(window.counts().walked, 0);
  EXPECT_EQ(window.counts().answered, 0);
  EXPECT_EQ(window.counts().hits, 0);
  EXPECT_EQ(window.counts().of_one_maker, 0);
}

}  // namespace
}  // namespace tracegate

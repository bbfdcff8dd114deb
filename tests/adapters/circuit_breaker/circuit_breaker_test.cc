#include "adapters/circuit_breaker.h"

#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using adapter::v1::FindResponse;

const absl::Status kUnavailable = Failure(v1::REASON_REGISTRY_UNAVAILABLE, "it is down");

// A registry that answers every call at once with the outcome set, or keeps the calls while none is.
struct Script {
  std::optional<absl::Status> outcome = absl::OkStatus();
  std::vector<RegistryAdapter::FindDone> kept;
  int asked = 0;
};

class ScriptedRegistry : public RegistryAdapter {
 public:
  explicit ScriptedRegistry(Script* script) : script_(script) {}
  adapter::v1::DescribeResponse Describe() const override { return {}; }
  void Find(RegistryCall, adapter::v1::FindRequest, FindDone done) override {
    ++script_->asked;
    if (!script_->outcome) return script_->kept.push_back(std::move(done));
    if (!script_->outcome->ok()) return done(*script_->outcome);
    done(FindResponse());
  }
  void GetRecord(RegistryCall, adapter::v1::GetRecordRequest, RecordDone done) override {
    ++script_->asked;
    done(*script_->outcome);
  }
  void Health(RegistryCall, HealthDone done) override { done(*script_->outcome); }

 private:
  Script* const script_;
};

class CircuitBreakerTest : public testing::Test {
 protected:
  // OK too where the registry keeps the call for later.
  absl::Status Ask() {
    const auto outcome = std::make_shared<absl::Status>();
    breaker_.Find({}, {}, [outcome](const auto& found) { *outcome = found.status(); });
    return *outcome;
  }

  void Fail(int times) {
    script_.outcome = kUnavailable;
    for (int i = 0; i < times; ++i) Ask().IgnoreError();
  }

  // Whether a call gets through to the registry.
  bool Passes() {
    const int before = script_.asked;
    Ask().IgnoreError();
    return script_.asked > before;
  }

  absl::Time now_ = absl::FromUnixSeconds(1'780'000'000);
  Script script_;
  std::vector<bool> told_;
  CircuitBreaker breaker_{std::make_unique<ScriptedRegistry>(&script_),
                          {.name = "de",
                           .failures_max = 3,
                           .pause_first = absl::Seconds(1),
                           .pause_max = absl::Seconds(4),
                           .clock = [this] { return now_; },
                           .tell_change = [this](bool open) { told_.push_back(open); }}};
};

TEST_F(CircuitBreakerTest, LetsEveryCallThroughWhileFewFail) {
  for (int round = 0; round < 10; ++round) {
    Fail(2);
    script_.outcome = absl::OkStatus();
    EXPECT_TRUE(Ask().ok());
  }
  EXPECT_EQ(script_.asked, 30);
  EXPECT_FALSE(breaker_.IsOpen());
}

TEST_F(CircuitBreakerTest, AsksNoMoreAfterSeveralFailuresRunningAndSaysWhenToTryAgain) {
  Fail(3);
  EXPECT_TRUE(breaker_.IsOpen());
  script_.outcome = absl::OkStatus();
  const absl::Status refused = Ask();
  EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(refused.message(), testing::HasSubstr("'de'"));
  EXPECT_EQ(script_.asked, 3);
  absl::Status record;
  breaker_.GetRecord({}, {}, [&](auto found) { record = found.status(); });
  EXPECT_EQ(record.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(script_.asked, 3);
}

TEST_F(CircuitBreakerTest, RefusesForTheReasonThatItsRegistryWouldGive) {
  script_.outcome = Failure(v1::REASON_PEER_UNAVAILABLE, "it is down");
  CircuitBreaker breaker(
      std::make_unique<ScriptedRegistry>(&script_),
      {.name = "pt", .reason = v1::REASON_PEER_UNAVAILABLE, .failures_max = 1, .clock = [this] {
         return now_;
       }});
  for (int i = 0; i < 2; ++i) {
    breaker.Find({}, {}, [](const auto& found) {
      EXPECT_EQ(DetailOf(found.status()).reason(), v1::REASON_PEER_UNAVAILABLE);
    });
  }
  EXPECT_EQ(script_.asked, 1);
}

TEST_F(CircuitBreakerTest, CountsADeadlineAsAFailureAndAFinalErrorAsAnAnswer) {
  script_.outcome = Failure(v1::REASON_DEADLINE_EXCEEDED, "too slow");
  for (int i = 0; i < 2; ++i) Ask().IgnoreError();
  script_.outcome = Failure(v1::REASON_REGISTRY_MISMATCH, "no such column");
  Ask().IgnoreError();
  script_.outcome = Failure(v1::REASON_DEADLINE_EXCEEDED, "too slow");
  for (int i = 0; i < 2; ++i) Ask().IgnoreError();
  EXPECT_FALSE(breaker_.IsOpen());
  Ask().IgnoreError();
  EXPECT_TRUE(breaker_.IsOpen());
}

TEST_F(CircuitBreakerTest, CountsNeitherWhatNobodyWaitedForNorAFullQueue) {
  Fail(2);
  for (const v1::Reason reason : {v1::REASON_CANCELLED, v1::REASON_OVERLOADED}) {
    script_.outcome = Failure(reason, "not the registry's doing");
    for (int i = 0; i < 5; ++i) Ask().IgnoreError();
  }
  EXPECT_FALSE(breaker_.IsOpen());
  Fail(1);
  EXPECT_TRUE(breaker_.IsOpen());
}

TEST_F(CircuitBreakerTest, TakesAPeersWordThatItIsWorkingForAnAnswer) {
  Fail(2);
  for (const v1::Reason reason : {v1::REASON_PEER_WORKING, v1::REASON_PEER_NEWER}) {
    script_.outcome = Failure(reason, "later");
    Ask().IgnoreError();
    Fail(2);
  }
  EXPECT_FALSE(breaker_.IsOpen());
}

TEST_F(CircuitBreakerTest, ProbesWithOneCallAfterThePauseAndClosesWhenThatIsAnswered) {
  Fail(3);
  now_ += absl::Milliseconds(999);
  EXPECT_FALSE(Passes());
  now_ += absl::Milliseconds(1);
  script_.outcome.reset();
  EXPECT_TRUE(Passes());
  EXPECT_FALSE(Passes()) << "a second call while the probe is out";
  std::exchange(script_.kept, {}).front()(FindResponse());
  EXPECT_FALSE(breaker_.IsOpen());
  script_.outcome = absl::OkStatus();
  EXPECT_TRUE(Passes());
  EXPECT_THAT(told_, testing::ElementsAre(true, false));
}

TEST_F(CircuitBreakerTest, RestsTwiceAsLongAfterEachProbeThatFails) {
  Fail(3);
  for (const int pause_s : {1, 2, 4, 4}) {
    now_ += absl::Seconds(pause_s) - absl::Milliseconds(1);
    EXPECT_FALSE(Passes()) << pause_s;
    now_ += absl::Milliseconds(1);
    EXPECT_TRUE(Passes()) << pause_s;
  }
  EXPECT_THAT(told_, testing::ElementsAre(true));
}

TEST_F(CircuitBreakerTest, TriesAgainAtOnceAfterAProbeThatSaysNothing) {
  Fail(3);
  now_ += absl::Seconds(1);
  script_.outcome = Failure(v1::REASON_CANCELLED, "nobody waits");
  EXPECT_TRUE(Passes());
  EXPECT_TRUE(breaker_.IsOpen());
  EXPECT_TRUE(Passes());
}

TEST_F(CircuitBreakerTest, ClosesWhenACallOfBeforeOrAQuestionAboutHealthIsAnswered) {
  for (const bool by_health : {false, true}) {
    script_.outcome.reset();
    Ask().IgnoreError();
    Fail(3);
    ASSERT_TRUE(breaker_.IsOpen());
    if (by_health) {
      script_.outcome = absl::OkStatus();
      breaker_.Health({}, [](const absl::Status& status) { EXPECT_TRUE(status.ok()); });
    } else {
      script_.kept.front()(FindResponse());
    }
    script_.kept.clear();
    EXPECT_FALSE(breaker_.IsOpen());
  }
}

TEST(CircuitBreakerThreads, CountsWhatManyThreadsAsk) {
  Script script;
  CircuitBreaker breaker(std::make_unique<ScriptedRegistry>(&script),
                         {.name = "de", .failures_max = 1, .clock = [] {
                            return absl::FromUnixSeconds(1'780'000'000);
                          }});
  breaker.Find({}, {}, [](const auto&) {});
  script.outcome = kUnavailable;
  breaker.Find({}, {}, [](const auto&) {});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 1000; ++j) {
        breaker.Find({}, {}, [](const auto& found) { EXPECT_FALSE(found.ok()); });
        EXPECT_TRUE(breaker.IsOpen());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(script.asked, 2);
}

// A gateway that answers every cross-check with the outcome set.
class ScriptedGateway : public ScriptedRegistry, public CrossChecker {
 public:
  explicit ScriptedGateway(Script* script) : ScriptedRegistry(script), script_(script) {}
  void CrossCheck(RegistryCall, v1::CrossCheckRequest, CrossCheckDone done) override {
    ++script_->asked;
    if (!script_->outcome->ok()) return done(*script_->outcome);
    done(CrossCheckWord());
  }

 private:
  Script* const script_;
};

TEST_F(CircuitBreakerTest, RefusesCrossChecksToARegistryThatHasNoWordOfItsOwn) {
  absl::Status told;
  breaker_.CrossCheck({}, {}, [&](const auto& word) { told = word.status(); });
  EXPECT_EQ(DetailOf(told).reason(), v1::REASON_METHOD_UNKNOWN);
  EXPECT_EQ(script_.asked, 0);
}

TEST_F(CircuitBreakerTest, CountsCrossChecksLikeEveryOtherCall) {
  auto gateway = std::make_unique<ScriptedGateway>(&script_);
  CrossChecker* const checker = gateway.get();
  CircuitBreaker breaker(std::move(gateway), {.name = "pt",
                                              .reason = v1::REASON_PEER_UNAVAILABLE,
                                              .failures_max = 2,
                                              .clock = [this] { return now_; },
                                              .cross_checker = checker});
  const auto check = [&] {
    absl::Status told;
    breaker.CrossCheck({}, {}, [&](const auto& word) { told = word.status(); });
    return told;
  };
  EXPECT_TRUE(check().ok());
  script_.outcome = kUnavailable;
  check().IgnoreError();
  check().IgnoreError();
  EXPECT_EQ(script_.asked, 3);
  script_.outcome = absl::OkStatus();
  EXPECT_EQ(DetailOf(check()).reason(), v1::REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(script_.asked, 3);
  now_ += absl::Seconds(2);
  EXPECT_TRUE(check().ok());
}

TEST_F(CircuitBreakerTest, SaysWhenItsRegistryLastAnsweredAndLastFailed) {
  EXPECT_EQ(breaker_.Standing().last_answer, absl::InfinitePast());
  EXPECT_EQ(breaker_.Standing().last_failure, absl::InfinitePast());
  const absl::Time first = now_;
  EXPECT_TRUE(Ask().ok());
  EXPECT_EQ(breaker_.Standing().last_answer, first);
  now_ += absl::Minutes(1);
  Fail(3);
  const RegistryStanding standing = breaker_.Standing();
  EXPECT_EQ(standing.last_answer, first);
  EXPECT_EQ(standing.last_failure, now_);
  EXPECT_TRUE(standing.rests);
  EXPECT_EQ(standing.asked_again, now_ + absl::Seconds(1));
}

}  // namespace
}  // namespace tracegate

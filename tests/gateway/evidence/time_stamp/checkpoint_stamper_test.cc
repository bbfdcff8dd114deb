// The thread: that it works, wakes, and stops at once whatever the authority does.

#include "gateway/evidence/time_stamp/checkpoint_stamper.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <vector>

#include "gateway/evidence/time_stamp/http_time_stamp_authority.h"
#include "tests/gateway/evidence/time_stamp/fake_time_stamp_authority.h"
#include "tests/gateway/evidence/time_stamp/loopback_http.h"
#include "tests/gateway/evidence/time_stamp/minted_token.h"
#include "tests/gateway/evidence/time_stamp/stamped_note.h"

namespace tracegate {
namespace {

constexpr absl::Duration kPrompt = absl::Seconds(2);

class CheckpointStamperTest : public testing::Test {
 protected:
  std::unique_ptr<CheckpointStamper> Start(std::unique_ptr<TimeStampAuthority> authority) {
    auto verifier = TimeStampVerifier::Create({.ca_pem = root_.pem()});
    EXPECT_TRUE(verifier.ok()) << verifier.status();
    StampingOptions options;
    options.clock = [this] { return absl::FromUnixSeconds(now_s_); };
    options.random = [this] { return ++random_ * 0x9e3779b97f4a7c15; };
    options.newest = [this] { return ExampleNoteOf(size_); };
    options.keep = [this](int64_t tree_size, const std::string&, const auto& stamped) {
      absl::MutexLock lock(&mutex_);
      kept_[tree_size] = stamped.token;
      changed_.SignalAll();
      return absl::OkStatus();
    };
    options.alert = [this](const StampState& state) {
      absl::MutexLock lock(&mutex_);
      alerts_.push_back(state.beyond_grace);
      changed_.SignalAll();
    };
    auto stamper = CheckpointStamper::Start(std::move(authority), *std::move(verifier), options);
    EXPECT_TRUE(stamper.ok()) << stamper.status();
    return stamper.ok() ? *std::move(stamper) : nullptr;
  }

  std::string AwaitKept(int64_t tree_size) {
    absl::MutexLock lock(&mutex_);
    while (!kept_.contains(tree_size)) changed_.Wait(&mutex_);
    return kept_[tree_size];
  }
  void AwaitAlerts(const std::vector<bool>& alerts) {
    absl::MutexLock lock(&mutex_);
    while (alerts_.size() < alerts.size()) changed_.Wait(&mutex_);
    EXPECT_EQ(alerts_, alerts);
  }

  // The clock moves on, and the stamper looks at it.
  void Advance(CheckpointStamper& stamper, absl::Duration time) {
    now_s_ += absl::ToInt64Seconds(time);
    stamper.Wake();
  }

  absl::StatusOr<std::string> Granted(const std::string& request) { return tsa_.Answer(request); }

  const Minted root_ = Minted::Root("BR");
  const MintedAuthority tsa_{root_.Issue(StamperMint())};
  std::atomic<int64_t> now_s_{1'000'000};
  std::atomic<int64_t> size_{7};
  std::atomic<uint64_t> random_{0};
  absl::Mutex mutex_;
  absl::CondVar changed_;
  std::map<int64_t, std::string> kept_;
  std::vector<bool> alerts_;
};

TEST_F(CheckpointStamperTest, StampsWhatGrewWhenTheIntervalHasPassed) {
  auto stamper = Start(std::make_unique<FakeTimeStampAuthority>(
      [this](const std::string& request) { return Granted(request); }));
  EXPECT_TRUE(VerifyTimeStamp(ExampleNoteOf(7), AwaitKept(7), root_.pem()).ok());
  size_ = 9;
  Advance(*stamper, absl::Hours(1));
  EXPECT_TRUE(VerifyTimeStamp(ExampleNoteOf(9), AwaitKept(9), root_.pem()).ok());
  stamper = nullptr;
  EXPECT_EQ(kept_.size(), 2);
}

TEST_F(CheckpointStamperTest, TellsOfAnOutageAndItsEnd) {
  auto owned = std::make_unique<FakeTimeStampAuthority>(
      [](const std::string&) { return Failure(v1::REASON_PEER_UNAVAILABLE, "away"); });
  FakeTimeStampAuthority& authority = *owned;
  const auto stamper = Start(std::move(owned));
  authority.AwaitAsked(1);
  Advance(*stamper, absl::Hours(25));
  AwaitAlerts({true});
  EXPECT_TRUE(stamper->state().beyond_grace);
  EXPECT_EQ(stamper->state().last_error.message(), "away");
  authority.AnswerWith([this](const std::string& request) { return Granted(request); });
  Advance(*stamper, absl::Hours(1));
  AwaitKept(7);
  AwaitAlerts({true, false});
  EXPECT_FALSE(stamper->state().beyond_grace);
}

TEST_F(CheckpointStamperTest, StopsAtOnceWhileItWaits) {
  auto stamper = Start(std::make_unique<FakeTimeStampAuthority>(
      [this](const std::string& request) { return Granted(request); }));
  AwaitKept(7);
  const absl::Time start = absl::Now();
  stamper = nullptr;
  EXPECT_LT(absl::Now() - start, kPrompt);
}

TEST_F(CheckpointStamperTest, StopsAtOnceWhileTheAuthorityHangs) {
  LoopbackHttp server([](const LoopbackHttp::Request&) { return std::nullopt; });
  auto authority = HttpTimeStampAuthority::Create({.url = server.address()});
  ASSERT_TRUE(authority.ok()) << authority.status();
  auto stamper = Start(*std::move(authority));
  server.AwaitRequest();
  const absl::Time start = absl::Now();
  stamper = nullptr;
  EXPECT_LT(absl::Now() - start, kPrompt);
  EXPECT_TRUE(kept_.empty());
}

TEST_F(CheckpointStamperTest, StampsOverHttp) {
  LoopbackHttp server([this](const LoopbackHttp::Request& request) {
    return HttpAnswer("200 OK", "application/timestamp-reply", tsa_.Answer(request.body));
  });
  auto authority = HttpTimeStampAuthority::Create({.url = server.address()});
  ASSERT_TRUE(authority.ok()) << authority.status();
  const auto stamper = Start(*std::move(authority));
  EXPECT_TRUE(VerifyTimeStamp(ExampleNoteOf(7), AwaitKept(7), root_.pem()).ok());
}

TEST_F(CheckpointStamperTest, DoesNotStartWithOptionsThatCannotWork) {
  EXPECT_EQ(FieldOf(CheckpointStamper::Start(std::make_unique<FakeTimeStampAuthority>(), nullptr,
                                             StampingOptions())
                        .status()),
            "time_stamp.clock");
}

}  // namespace
}  // namespace tracegate

// Turn by turn, with a clock that stands still until it is set.

#include "gateway/evidence/time_stamp/stamping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "tests/gateway/evidence/time_stamp/fake_time_stamp_authority.h"
#include "tests/gateway/evidence/time_stamp/minted_token.h"
#include "tests/gateway/evidence/time_stamp/stamped_note.h"

namespace tracegate {
namespace {

constexpr absl::Duration kInterval = absl::Hours(1);
constexpr absl::Duration kGrace = absl::Hours(3);
constexpr absl::Duration kRetryFirst = absl::Seconds(10);

absl::StatusOr<std::string> Away(const std::string&) {
  return Failure(v1::REASON_PEER_UNAVAILABLE, "away");
}

class StampingTest : public testing::Test {
 protected:
  StampingTest() {
    auto verifier = TimeStampVerifier::Create({.ca_pem = root_.pem()});
    EXPECT_TRUE(verifier.ok()) << verifier.status();
    verifier_ = *std::move(verifier);
    Answers();
  }

  StampingOptions Options() {
    StampingOptions options;
    options.interval = kInterval;
    options.grace = kGrace;
    options.retry_first = kRetryFirst;
    options.clock = [this] { return now_; };
    options.random = [this] { return ++random_ << 20; };  // multiples of 1024: no jitter
    options.newest = [this] { return note_; };
    options.keep = [this](int64_t tree_size, const std::string&, const auto& stamped) {
      if (!store_.ok()) return store_;
      EXPECT_TRUE(verifier_->Verify(note_, stamped.token).ok());
      kept_.push_back(tree_size);
      return absl::OkStatus();
    };
    options.alert = [this](const StampState& state) { alerts_.push_back(state.beyond_grace); };
    return options;
  }

  Stamping& stamping() {
    if (!stamping_) stamping_ = std::make_unique<Stamping>(&authority_, verifier_.get(), Options());
    return *stamping_;
  }

  void Answers() {
    authority_.AnswerWith([this](const std::string& request) { return tsa_.Answer(request); });
  }
  void Fails() { authority_.AnswerWith(Away); }

  // A turn now; how long until the next.
  absl::Duration Turn() { return stamping().Turn() - now_; }
  // Turns as a stamper makes them, until the clock shows that much more.
  void PassTime(absl::Duration time) {
    const absl::Time end = now_ + time;
    while (true) {
      const absl::Time next = stamping().Turn();
      ASSERT_GT(next, now_) << "a turn that leads to none is a loop";
      if (next > end) break;
      now_ = next;
    }
    now_ = end;
  }

  const Minted root_ = Minted::Root("BR");
  const MintedAuthority tsa_{root_.Issue(StamperMint())};
  std::unique_ptr<TimeStampVerifier> verifier_;
  FakeTimeStampAuthority authority_;
  absl::Time now_ = absl::FromUnixSeconds(1'000'000);
  uint64_t random_ = 0;
  std::string note_ = ExampleNoteOf(7);
  absl::Status store_;
  std::vector<int64_t> kept_;
  std::vector<bool> alerts_;
  std::unique_ptr<Stamping> stamping_;
};

TEST_F(StampingTest, StampsTheNewestCheckpointAtOnceAndThenEachInterval) {
  EXPECT_EQ(Turn(), kInterval);
  EXPECT_EQ(kept_, std::vector<int64_t>({7}));
  note_ = ExampleNoteOf(9);
  now_ += kInterval - absl::Seconds(1);
  EXPECT_EQ(Turn(), absl::Seconds(1)) << "not before it is due";
  now_ += absl::Seconds(1);
  EXPECT_EQ(Turn(), kInterval);
  EXPECT_EQ(kept_, std::vector<int64_t>({7, 9}));
  const StampState state = stamping().state();
  EXPECT_EQ(state.tree_size, 9);
  EXPECT_EQ(state.stamped_at, now_);
  EXPECT_EQ(state.last_stamp->authority, "CN=Stamper");
  EXPECT_TRUE(state.last_error.ok());
  EXPECT_FALSE(state.waiting_since.has_value());
}

TEST_F(StampingTest, AsksNobodyAboutAnEmptyLogOrAnUnchangedOne) {
  note_ = "";
  PassTime(kGrace * 2);
  EXPECT_EQ(authority_.asked(), 0);
  note_ = ExampleNoteOf(7);
  PassTime(kGrace * 2);
  EXPECT_EQ(authority_.asked(), 1);
  EXPECT_TRUE(alerts_.empty()) << "a log at rest is no outage";
}

TEST_F(StampingTest, DoesNotStampAgainAfterARestart) {
  StampingOptions options = Options();
  options.last_stamped = note_;
  stamping_ = std::make_unique<Stamping>(&authority_, verifier_.get(), options);
  EXPECT_EQ(Turn(), kInterval);
  EXPECT_EQ(authority_.asked(), 0);
}

TEST_F(StampingTest, AsksWithAnotherNonceEachTime) {
  std::vector<uint64_t> nonces;
  authority_.AnswerWith([&](const std::string& request) {
    nonces.push_back(ReadRequest(request).nonce);
    return Away(request);
  });
  PassTime(absl::Minutes(1));
  ASSERT_GE(nonces.size(), 3);
  EXPECT_NE(nonces[0], nonces[1]);
  EXPECT_NE(nonces[1], nonces[2]);
}

TEST_F(StampingTest, TriesAgainAfterTwiceAsLongEachTimeUpToTheInterval) {
  Fails();
  StampingOptions options = Options();
  options.grace = absl::InfiniteDuration();
  stamping_ = std::make_unique<Stamping>(&authority_, verifier_.get(), options);
  absl::Duration expected = kRetryFirst;
  for (int failures = 1; failures <= 70; ++failures) {
    const absl::Duration wait = Turn();
    EXPECT_EQ(wait, std::min(expected, kInterval)) << failures;
    EXPECT_EQ(stamping().state().failures, failures);
    now_ += wait;
    expected *= 2;
  }
}

TEST_F(StampingTest, ComesBackEarlierByChanceButNeverByMoreThanHalf) {
  Fails();
  StampingOptions options = Options();
  uint64_t bits = 0;
  options.random = [&] { return bits; };
  options.grace = absl::InfiniteDuration();
  for (const uint64_t chance : {uint64_t{0}, uint64_t{512}, UINT64_MAX}) {
    bits = chance;
    stamping_ = std::make_unique<Stamping>(&authority_, verifier_.get(), options);
    const absl::Duration wait = Turn();
    EXPECT_LE(wait, kRetryFirst);
    EXPECT_GE(wait, kRetryFirst / 2);
    if (chance != 0) {
      EXPECT_LT(wait, kRetryFirst);
    }
  }
}

TEST_F(StampingTest, TellsOfAnOutageOnceAndOfItsEndOnce) {
  Turn();
  note_ = ExampleNoteOf(8);
  Fails();
  PassTime(kInterval);  // at the end of which it is tried
  PassTime(kGrace - absl::Seconds(1));
  EXPECT_TRUE(alerts_.empty());
  EXPECT_FALSE(stamping().state().beyond_grace);
  PassTime(absl::Seconds(1));
  Turn();
  EXPECT_EQ(alerts_, std::vector<bool>({true}));
  EXPECT_TRUE(stamping().state().beyond_grace);
  EXPECT_EQ(stamping().state().last_error.message(), "away");
  PassTime(10 * kGrace);
  EXPECT_EQ(alerts_, std::vector<bool>({true}));
  Answers();
  PassTime(2 * kInterval);
  EXPECT_EQ(alerts_, std::vector<bool>({true, false}));
  EXPECT_EQ(kept_, std::vector<int64_t>({7, 8}));
  const StampState state = stamping().state();
  EXPECT_FALSE(state.beyond_grace);
  EXPECT_TRUE(state.last_error.ok());
  EXPECT_EQ(state.failures, 0);
}

TEST_F(StampingTest, TellsOfTheNextOutageToo) {
  for (int size = 8; size < 10; ++size) {
    note_ = ExampleNoteOf(size);
    Fails();
    PassTime(kInterval + kGrace);
    Answers();
    PassTime(2 * kInterval);
  }
  EXPECT_EQ(alerts_, std::vector<bool>({true, false, true, false}));
}

TEST_F(StampingTest, StampsTheNewestCheckpointAfterAnOutageNotTheOldOne) {
  Fails();
  PassTime(kInterval);
  note_ = ExampleNoteOf(12);
  Answers();
  PassTime(2 * kInterval);
  EXPECT_EQ(kept_, std::vector<int64_t>({12}));
}

TEST_F(StampingTest, KeepsNothingThatDoesNotVerify) {
  const MintedAuthority stranger(Minted::Root("BR").Issue(StamperMint()));
  authority_.AnswerWith([&](const std::string& request) { return stranger.Answer(request); });
  Turn();
  EXPECT_EQ(FieldOf(stamping().state().last_error), "time_stamp.signature");
  const std::string old = tsa_.Answer(BuildTimeStampRequest(note_, "", [] { return 5; })->der);
  authority_.AnswerWith([&](const std::string&) { return old; });
  now_ += kInterval;
  Turn();
  EXPECT_EQ(FieldOf(stamping().state().last_error), "time_stamp.nonce");
  EXPECT_TRUE(kept_.empty());
}

TEST_F(StampingTest, TriesAgainWhereTheStampCouldNotBeKept) {
  store_ = Failure(v1::REASON_RECORD_NOT_DURABLE, "disk is full");
  EXPECT_EQ(Turn(), kRetryFirst);
  EXPECT_EQ(stamping().state().last_error, store_);
  EXPECT_FALSE(stamping().state().last_stamp.has_value());
  store_ = absl::OkStatus();
  now_ += kRetryFirst;
  Turn();
  EXPECT_EQ(kept_, std::vector<int64_t>({7}));
}

TEST_F(StampingTest, ReportsACheckpointThatIsNone) {
  note_ = "no checkpoint";
  Turn();
  EXPECT_FALSE(stamping().state().last_error.ok());
  EXPECT_EQ(authority_.asked(), 0);
}

TEST_F(StampingTest, GoesOnWhereTheClockIsSetBack) {
  Turn();
  note_ = ExampleNoteOf(8);
  now_ -= absl::Hours(1000);
  PassTime(kInterval);
  Turn();
  EXPECT_EQ(kept_, std::vector<int64_t>({7, 8}));
}

TEST_F(StampingTest, RefusesOptionsThatCannotWork) {
  const auto refused = [this](const std::function<void(StampingOptions&)>& spoil) {
    StampingOptions options = Options();
    spoil(options);
    const absl::Status status = CheckStampingOptions(options);
    EXPECT_EQ(DetailOf(status).reason(), v1::REASON_CONFIG_INVALID);
    return FieldOf(status);
  };
  EXPECT_TRUE(CheckStampingOptions(Options()).ok());
  EXPECT_EQ(refused([](auto& o) { o.interval = {}; }), "time_stamp.interval");
  EXPECT_EQ(refused([](auto& o) { o.grace = -absl::Seconds(1); }), "time_stamp.grace");
  EXPECT_EQ(refused([](auto& o) { o.ask_timeout = {}; }), "time_stamp.ask_timeout");
  EXPECT_EQ(refused([](auto& o) { o.retry_first = {}; }), "time_stamp.retry_first");
  EXPECT_EQ(refused([](auto& o) { o.clock = nullptr; }), "time_stamp.clock");
  EXPECT_EQ(refused([](auto& o) { o.random = nullptr; }), "time_stamp.random");
  EXPECT_EQ(refused([](auto& o) { o.newest = nullptr; }), "time_stamp.newest");
  EXPECT_EQ(refused([](auto& o) { o.keep = nullptr; }), "time_stamp.keep");
  EXPECT_EQ(refused([](auto& o) { o.alert = nullptr; }), "time_stamp.alert");
}

}  // namespace
}  // namespace tracegate

#include "gateway/evidence/retention/content_eraser.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gateway/evidence/audit/database_log.h"
#include "gateway/evidence/audit/log_audit.h"
#include "gateway/evidence/retention/retention_forecast.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/evidence/retention/retained_house.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

using config::v1::RETENTION_TRIGGER_TRACE_ENDED;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const config::v1::Retention kTenYears = RetentionOf({{.years = 10}});

class ContentEraserTest : public testing::Test {
 protected:
  void SetUp() override { house_.Open(&store_); }

  FakeRecordStore store_;
  RetainedHouse house_;
};

TEST_F(ContentEraserTest, ErasesNothingBeforeItsTimeAndEverythingThen) {
  house_.AddTrace("T1");
  house_.SetClock(Year(2027));
  house_.AddTrace("T2");
  house_.SetClock(Year(2036) - absl::Microseconds(1));
  EXPECT_EQ(house_.Erase(kTenYears).entries, 0);
  EXPECT_EQ(house_.log().size(), 6);
  house_.SetClock(Year(2036));
  const auto report = house_.Erase(kTenYears);
  EXPECT_EQ(report.entries, 3);
  EXPECT_EQ(report.traces, 1);
  EXPECT_GT(report.bytes, 30);
  EXPECT_THAT(house_.Erased(), ElementsAre(0, 1, 2));
  house_.SetClock(Year(2037));
  EXPECT_EQ(house_.Erase(kTenYears).entries, 3);
  EXPECT_EQ(house_.Erase(kTenYears).entries, 0);
  house_.ExpectSound();
}

TEST_F(ContentEraserTest, SaysWhatWasErasedWhenAndUnderWhichRule) {
  house_.AddTrace("T1");
  house_.AddRefusal("too much");
  house_.SetClock(Year(2036));
  house_.Erase(RetentionOf(
      {{.id = "itar", .state = "BR", .years = 5}, {.id = "refusals", .state = "AT", .years = 1}}));
  const auto told = house_.Told();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].rule(), "refusals");
  EXPECT_EQ(told[0].trace_id(), "");
  EXPECT_THAT(told[0].indexes(), ElementsAre(3));
  EXPECT_EQ(told[1].rule(), "itar");
  EXPECT_EQ(told[1].trace_id(), "T1");
  EXPECT_THAT(told[1].indexes(), ElementsAre(0, 1, 2));
  EXPECT_EQ(told[1].source(), "Act on itar");
  EXPECT_THAT(told[1].rule_text(), HasSubstr("\"years\":5"));
  EXPECT_EQ(told[1].retained_until().seconds(), absl::ToUnixSeconds(Year(2031)));
  const auto row = store_.ReadEntry(4);
  v1::EntryHeader header;
  ASSERT_TRUE(header.ParseFromString(row->header));
  EXPECT_EQ(header.kind(), v1::ENTRY_KIND_CONTENT_ERASED);
  EXPECT_EQ(header.actor(), "spiffe://br.example/gateway/peer");
  EXPECT_EQ(header.record_time_us(), absl::ToUnixMicros(Year(2036)));
}

TEST_F(ContentEraserTest, KeepsWhatTheGatewaySaysOfItselfForEver) {
  house_.AddStart("configuration");
  house_.AddTrace("T1");
  house_.SetClock(Year(2500));
  house_.Erase(RetentionOf({{.years = 0, .days = 1}}));
  house_.SetClock(Year(3000));
  EXPECT_EQ(house_.Erase(RetentionOf({{.years = 0, .days = 1}})).entries, 0);
  EXPECT_THAT(house_.Erased(), ElementsAre(1, 2, 3));
}

TEST_F(ContentEraserTest, TakesTheRowsSerialNumberAndReceiptWithTheReply) {
  const std::string reply = house_.AddTrace("T1");
  ASSERT_TRUE(VerifyReply(reply, house_.log().verifier_key()).ok());
  house_.SetClock(Year(2036));
  // The reply is kept longer: the row too.
  const auto reply_longer = RetentionOf(
      {{.years = 10}, {.id = "replies", .kinds = {v1::ENTRY_KIND_ANSWER_DISCLOSED}, .years = 11}});
  EXPECT_EQ(house_.Erase(reply_longer).entries, 2);
  EXPECT_EQ((*store_.FindTrace("T1"))->serial_number, "serial of T1");
  EXPECT_FALSE((*store_.FindTrace("T1"))->reply_receipt.empty());
  house_.SetClock(Year(2037));
  EXPECT_EQ(house_.Erase(reply_longer).traces, 1);
  const auto row = **store_.FindTrace("T1");
  EXPECT_EQ(row.serial_number, "");
  EXPECT_EQ(row.reply_receipt, "");
  EXPECT_EQ(row.request_id, "request T1");
  // Whoever kept the reply can still prove it.
  EXPECT_TRUE(VerifyReply(reply, house_.log().verifier_key()).ok());
  house_.ExpectSound();
}

TEST_F(ContentEraserTest, KeepsAnOpenTraceWhole) {
  house_.AddTrace("T1", /*open=*/true);
  house_.SetClock(Year(2090));
  EXPECT_EQ(house_.Erase(kTenYears).entries, 0);
  EXPECT_EQ((*store_.FindTrace("T1"))->body, "body of T1");
}

TEST_F(ContentEraserTest, CountsFromTheEndOfTheTrace) {
  house_.AddTrace("T1", /*open=*/true);
  house_.SetClock(Year(2030));
  house_.AddTrace("T1");
  const auto ended = RetentionOf({{.trigger = RETENTION_TRIGGER_TRACE_ENDED, .years = 10}});
  house_.SetClock(Year(2039));
  EXPECT_EQ(house_.Erase(ended).entries, 0);
  house_.SetClock(Year(2040));
  EXPECT_EQ(house_.Erase(ended).entries, 5);
}

TEST_F(ContentEraserTest, ErasesNothingOfATraceThatIsHeldUntilTheHoldIsLifted) {
  house_.AddTrace("T1");
  house_.AddTrace("T2");
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("case", "T1")).ok());
  house_.SetClock(Year(2036));
  ContentEraser eraser(house_.EraserOptions(kTenYears));
  auto report = *eraser.EraseDue();
  EXPECT_EQ(report.entries, 3);
  EXPECT_EQ(report.held, 3);
  EXPECT_THAT(house_.Erased(), ElementsAre(3, 4, 5));
  ASSERT_TRUE(house_.ChangeHold(house_.Lifted(house_.Hold("case", ""))).ok());
  report = *eraser.EraseDue();
  EXPECT_EQ(report.entries, 3);
  EXPECT_EQ(report.held, 0);
  house_.ExpectSound();
}

TEST_F(ContentEraserTest, LetsAHoldThatComesDuringTheRoundWin) {
  for (int i = 0; i < 6; ++i) house_.AddTrace("T" + std::to_string(i));
  house_.SetClock(Year(2036));
  bool set = false;
  store_.before_commit = [&](const WriteBatch& batch) {
    if (!batch.erasure.empty() && !std::exchange(set, true)) {
      v1::EntryHeader header;
      header.set_state("BR");
      house_.holds().Change(header, house_.Hold("case", "T5"), [](const auto&) {});
    }
    return absl::OkStatus();
  };
  EXPECT_EQ(house_.Erase(kTenYears, 4).held, 3);
  EXPECT_FALSE((*store_.FindTrace("T5"))->serial_number.empty());
  EXPECT_EQ(house_.Erased().size(), 15u);
  house_.ExpectSound();
}

TEST_F(ContentEraserTest, ErasesNothingEarlyWhereTheClockStepsBack) {
  for (int i = 0; i < 4; ++i) house_.AddTrace("T" + std::to_string(i));
  house_.SetClock(Year(2036));
  store_.before_commit = [&](const WriteBatch& batch) {
    if (!batch.erasure.empty()) house_.SetClock(Year(2035));
    return absl::OkStatus();
  };
  EXPECT_EQ(house_.Erase(kTenYears, 3).entries, 3);
  EXPECT_EQ(house_.Erase(kTenYears, 3).entries, 0);
  house_.SetClock(Year(2036));
  store_.before_commit = nullptr;
  EXPECT_EQ(house_.Erase(kTenYears, 3).entries, 9);
  house_.ExpectSound();
}

TEST_F(ContentEraserTest, GoesOnWhereItWasStopped) {
  for (int i = 0; i < 5; ++i) house_.AddTrace("T" + std::to_string(i));
  house_.SetClock(Year(2036));
  std::stop_source stop;
  store_.before_commit = [&](const WriteBatch&) {
    stop.request_stop();
    return absl::OkStatus();
  };
  ContentEraser eraser(house_.EraserOptions(kTenYears, 4));
  EXPECT_EQ(eraser.EraseDue(stop.get_token())->entries, 4);
  EXPECT_EQ(eraser.EraseDue()->entries, 11);
  EXPECT_EQ(eraser.EraseDue()->entries, 0);
  house_.ExpectSound();
}

TEST_F(ContentEraserTest, LeavesNothingHalfErasedWhicheverCommitFails) {
  for (int failing = 1; failing <= 5; ++failing) {
    FakeRecordStore store;
    RetainedHouse house;
    house.Open(&store);
    for (int i = 0; i < 4; ++i) house.AddTrace("T" + std::to_string(i));
    house.SetClock(Year(2036));
    int commits = 0;
    store.before_commit = [&](const WriteBatch&) {
      return ++commits == failing ? Failure(v1::REASON_RECORD_NOT_DURABLE, "disk is full")
                                  : absl::OkStatus();
    };
    ContentEraser eraser(house.EraserOptions(kTenYears, 3));
    const auto report = eraser.EraseDue();
    EXPECT_EQ(report.ok(), failing > 4);
    EXPECT_EQ(house.Erased().size(), 3u * static_cast<size_t>(std::min(failing - 1, 4)));
    house.ExpectSound();
    house.Open(&store);
    house.Erase(kTenYears, 3);
    EXPECT_EQ(house.Erased().size(), 12u);
    house.ExpectSound();
  }
}

TEST_F(ContentEraserTest, IsRefusedWhereNoEntrySaysSo) {
  house_.AddTrace("T1");
  RecordDraft draft = ExampleNote("nothing of the kind");
  draft.erasure.entries = {0};
  EXPECT_EQ(ReasonOf(AppendTo(house_.log(), draft).status()), v1::REASON_INTERNAL);
  draft.entries[0].header.set_kind(v1::ENTRY_KIND_CONTENT_ERASED);
  draft.erasure.entries = {3};
  EXPECT_EQ(ReasonOf(AppendTo(house_.log(), draft).status()), v1::REASON_INTERNAL);
  EXPECT_THAT(house_.Erased(), IsEmpty());
}

TEST_F(ContentEraserTest, DoesWhatTheForecastSays) {
  house_.AddStart("configuration");
  house_.AddTrace("T1");
  house_.AddTrace("T2");
  house_.AddTrace("T3", /*open=*/true);
  house_.AddRefusal("refused");
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("case", "T2")).ok());
  house_.SetClock(Year(2030));
  house_.AddTrace("T4");
  const auto rules = RetentionOf({{.state = "BR", .years = 10}, {.id = "none", .state = "AR"}});
  const RetentionPlan plan(rules);
  const auto forecast = ForecastRetention(*RetainedLogIn(&house_.store()), plan, Year(2036));
  ASSERT_TRUE(forecast.ok()) << forecast.status();
  EXPECT_EQ(forecast->rules[0].due.entries, 3);
  EXPECT_EQ(forecast->rules[0].due.first, 1);
  EXPECT_EQ(forecast->rules[0].due.last, 3);
  EXPECT_EQ(forecast->rules[1].due.entries, 0);
  EXPECT_EQ(forecast->held.entries, 3);
  EXPECT_EQ(forecast->holds.size(), 1u);
  EXPECT_EQ(forecast->open_trace.entries, 2);
  EXPECT_EQ(forecast->no_rule.entries, 1);
  EXPECT_EQ(forecast->running.entries, 3);
  EXPECT_EQ(forecast->for_ever, 2);
  EXPECT_EQ(forecast->nothing, 0);
  house_.SetClock(Year(2036));
  const auto report = house_.Erase(rules);
  EXPECT_EQ(report.entries, forecast->rules[0].due.entries);
  EXPECT_EQ(report.bytes, forecast->rules[0].due.bytes);
  EXPECT_EQ(report.held, forecast->held.entries);
  EXPECT_EQ(ForecastRetention(*RetainedLogIn(&house_.store()), plan, Year(2036))->nothing, 3);
}

class ErasureInAFile : public testing::Test {
 protected:
  void SetUp() override {
    store_ = place_.Open();
    house_.Open(store_.get());
    key_ = house_.log().verifier_key();
  }

  audit::AuditReport Audit() {
    const auto source = audit::DatabaseLog::Open(place_.file());
    const auto keys = audit::ParseVerifierKeys({key_});
    EXPECT_TRUE(source.ok() && keys.ok());
    return *audit::AuditLog(**source, *keys);
  }

  void Restart() {
    house_.Close();
    store_.reset();
    store_ = place_.Open();
    house_.Open(store_.get());
  }

  SqlitePlace place_;
  std::unique_ptr<SqliteRecordStore> store_;
  RetainedHouse house_;
  std::string key_;
};

// Whatever is erased in whatever order, the log verifies, here and from outside.
TEST_F(ErasureInAFile, LeavesALogThatVerifiesAfterAnyErasures) {
  std::minstd_rand random(11);
  int erased = 0;
  for (int round = 0; round < 12; ++round) {
    for (int i = 0; i < 9; ++i) {
      house_.AddTrace("T" + std::to_string(round * 100 + i), random() % 5 == 0);
    }
    house_.AddRefusal("refused");
    if (random() % 2 == 0) {
      ASSERT_TRUE(house_.ChangeHold(house_.Hold("case", "T" + std::to_string(round * 100))).ok());
    }
    house_.SetClock(Year(2026 + round));
    const auto rules =
        RetentionOf({{.state = "BR", .years = static_cast<int>(random() % 4), .days = 1},
                     {.id = "refusals", .state = "AT", .years = 2}});
    erased += static_cast<int>(house_.Erase(rules, 1 + random() % 20).entries);
    const auto report = Audit();
    ASSERT_FALSE(report.wrong) << TextOf(*report.wrong);
    EXPECT_EQ(report.erased, erased);
    EXPECT_EQ(report.proven->tree_size, house_.log().size());
  }
  EXPECT_GT(erased, 100);
  house_.ExpectSound();
  Restart();
  house_.ExpectSound();
  EXPECT_FALSE(Audit().wrong);
}

TEST_F(ErasureInAFile, IsForecastFromTheFileOfARunningGateway) {
  house_.AddTrace("T1");
  house_.AddTrace("T2", /*open=*/true);
  auto log = RetainedLogIn(place_.file());
  ASSERT_TRUE(log.ok()) << log.status();
  const auto forecast = ForecastRetention(**log, RetentionPlan(kTenYears), Year(2036));
  ASSERT_TRUE(forecast.ok()) << forecast.status();
  EXPECT_EQ(forecast->rules[0].due.entries, 3);
  EXPECT_EQ(forecast->open_trace.entries, 2);
}

// In a process of its own, killed after so many erasing batches.
TEST_F(ErasureInAFile, SurvivesAKillWithEntryAndErasureOrNeither) {
  for (int i = 0; i < 200; ++i) house_.AddTrace("T" + std::to_string(i));
  house_.Close();
  store_.reset();
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = place_.Open();
    if (store == nullptr) _exit(1);
    house_.Open(store.get());
    house_.SetClock(Year(2036));
    if (write(pipe_ends[1], "o", 1) != 1) _exit(1);
    house_.Erase(kTenYears, 2);
    _exit(write(pipe_ends[1], "!", 1) == 1 ? 0 : 1);
  }
  close(pipe_ends[1]);
  // Not before it has opened the file, which another that opens it may stand in the way of.
  char opened = 0;
  ASSERT_EQ(read(pipe_ends[0], &opened, 1), 1);
  // Until it has begun: the log grows.
  int64_t grown = 0;
  while (grown < 20) {
    const auto file = SqliteLogFile::Open(place_.file());
    if (file.ok()) grown = (*file)->size() - 600;
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  char done = 0;
  EXPECT_EQ(read(pipe_ends[0], &done, 1), 0) << "it was through before the kill";
  close(pipe_ends[0]);

  store_ = place_.Open();
  house_.Open(store_.get());
  const size_t before = house_.Erased().size();
  EXPECT_GT(before, 0u);
  EXPECT_EQ(before % 2, 0u);
  house_.ExpectSound();
  house_.SetClock(Year(2036));
  EXPECT_EQ(house_.Erase(kTenYears).entries, 600 - static_cast<int64_t>(before));
  house_.ExpectSound();
  EXPECT_EQ(Audit().erased, 600);
}

}  // namespace
}  // namespace tracegate

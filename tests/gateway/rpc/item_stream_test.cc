#include "gateway/rpc/item_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/policy/limit_defaults.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/rpc/fake_exchange.h"
#include "tests/gateway/tracing/fake_timers.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Answers each item with "re " before it, when the test says so for those that begin with "slow".
class FakeServer : public ItemServer {
 public:
  void Serve(std::string item, ReplyDone done) override {
    served.push_back(item);
    if (item.starts_with("slow")) {
      waiting[item] = std::move(done);
    } else if (item.starts_with("bad")) {
      done(FieldFailure(v1::REASON_FIELD_INVALID, "item", "is bad"));
    } else if (item.starts_with("late")) {
      done(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
    } else {
      done("re " + item);
    }
  }

  std::string Failed(const std::string& item, const absl::Status& why) const override {
    return "no " + item.substr(0, 8) + ": " + ReasonName(DetailOf(why).reason());
  }

  void Answer(const std::string& item) { waiting.extract(item).mapped()("re " + item); }

  std::vector<std::string> served;
  std::map<std::string, ReplyDone> waiting;
};

class ItemStreamTest : public testing::Test {
 protected:
  void Begin(RecordRule rule = RecordRule::kOwn) {
    Caller caller;
    caller.state = "BR";
    caller.agency = "policia-federal";
    caller.spiffe_id = "spiffe://br.example/policia-federal/registry";
    IncomingCall incoming;
    incoming.method = "/tracegate.v1.TraceService/ImportTraces";
    stream_ = std::make_shared<ItemStream>(
        ItemStream::Parts{.log = log_.get(),
                          .limits = &limits_,
                          .timers = &timers_,
                          .clock = [this] { return timers_.Now(); },
                          .message_bytes_max = 1000},
        incoming, Call{caller, incoming.method}, rule, server_, exchange_, exchange_);
    stream_->Begin(held_);
  }

  // The caller is gone, and so is what was never answered: each would keep the stream alive.
  ~ItemStreamTest() override {
    exchange_->Finish(absl::CancelledError("the test is over"));
    std::exchange(server_->waiting, {}).clear();
  }

  void Give(const std::vector<std::string>& items) {
    for (const std::string& item : items) exchange_->Give(item);
  }

  static config::v1::Limits Limits(int per_minute, int burst, int per_day) {
    config::v1::Limits limits;
    FillDefaults(&limits);
    limits.set_calls_per_minute(per_minute);
    limits.set_burst(burst);
    limits.set_calls_per_day(per_day);
    return limits;
  }

  // Kind and reason of each entry.
  std::vector<std::string> Entries() {
    std::vector<std::string> entries;
    const auto scanned = store_.ScanEntries(0, false, [&](const EntryRow& row) {
      v1::EntryHeader header;
      EXPECT_TRUE(header.ParseFromString(row.header));
      entries.push_back(v1::EntryKind_Name(header.kind()).substr(11) + " " + header.reason());
      return true;
    });
    EXPECT_TRUE(scanned.ok());
    return entries;
  }

  FakeTimers timers_;
  FakeRecordStore store_;
  std::unique_ptr<EvidenceLog> log_ = *EvidenceLog::Open(&store_, ExampleOptions());
  CallLimits limits_{Limits(-1, 1, -1)};
  const std::shared_ptr<FakeServer> server_ = std::make_shared<FakeServer>();
  const std::shared_ptr<FakeExchange> exchange_ = std::make_shared<FakeExchange>();
  const std::shared_ptr<int> held_ = std::make_shared<int>(0);
  std::shared_ptr<ItemStream> stream_;
};

TEST_F(ItemStreamTest, TellsAnswersInTheOrderOfTheItems) {
  Begin();
  Give({"a", "slow b", "c", "slow d"});
  EXPECT_THAT(exchange_->AwaitReplies(1), ElementsAre("re a"));
  server_->Answer("slow d");
  EXPECT_THAT(exchange_->AwaitReplies(1), ElementsAre("re a"));
  exchange_->GiveNoMore();
  EXPECT_FALSE(exchange_->closed());
  server_->Answer("slow b");
  EXPECT_TRUE(exchange_->AwaitEnd().ok());
  EXPECT_THAT(exchange_->AwaitReplies(4), ElementsAre("re a", "re slow b", "re c", "re slow d"));
  EXPECT_EQ(held_.use_count(), 1);
}

TEST_F(ItemStreamTest, ThatIsEmptyEndsWell) {
  Begin();
  exchange_->GiveNoMore();
  EXPECT_TRUE(exchange_->AwaitEnd().ok());
  EXPECT_THAT(Entries(), IsEmpty());
}

TEST_F(ItemStreamTest, RecordsTheRefusalOfAnItemBeforeItIsToldAndGoesOn) {
  Begin();
  Give({"a", "bad b", std::string(1001, 'x'), std::string(1000, 'x')});
  exchange_->GiveNoMore();
  EXPECT_TRUE(exchange_->AwaitEnd().ok());
  EXPECT_THAT(exchange_->AwaitReplies(4),
              ElementsAre("re a", "no bad b: FIELD_INVALID", "no xxxxxxxx: MESSAGE_TOO_LARGE",
                          "re " + std::string(1000, 'x')));
  EXPECT_THAT(Entries(),
              ElementsAre("CALL_REFUSED FIELD_INVALID", "CALL_REFUSED MESSAGE_TOO_LARGE"));
}

TEST_F(ItemStreamTest, RecordsEachItemAndItsReplyWhereTheServiceDoesNot) {
  Begin(RecordRule::kReply);
  Give({"a", "b"});
  exchange_->GiveNoMore();
  EXPECT_TRUE(exchange_->AwaitEnd().ok());
  EXPECT_THAT(exchange_->AwaitReplies(2), ElementsAre("re a", "re b"));
  EXPECT_THAT(Entries(), ElementsAre("REQUEST_RECEIVED ", "ANSWER_DISCLOSED ", "REQUEST_RECEIVED ",
                                     "ANSWER_DISCLOSED "));
}

TEST_F(ItemStreamTest, TellsNoReplyThatCouldNotBeRecorded) {
  store_.before_commit = [](const WriteBatch&) {
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "the disk is full");
  };
  Begin(RecordRule::kReply);
  Give({"a"});
  EXPECT_THAT(exchange_->AwaitReplies(1), ElementsAre("no a: RECORD_NOT_DURABLE"));
}

TEST_F(ItemStreamTest, TakesNoMoreThanItMayWorkOnAtOnce) {
  Begin();
  for (size_t i = 0; i < ItemStream::kItemsAtOnce + 3; ++i) Give({"slow " + std::to_string(i)});
  EXPECT_EQ(server_->served.size(), ItemStream::kItemsAtOnce);
  EXPECT_EQ(exchange_->untaken(), 3u);
  server_->Answer("slow 1");  // waits for the one before it
  EXPECT_EQ(exchange_->untaken(), 3u);
  server_->Answer("slow 0");
  EXPECT_EQ(exchange_->untaken(), 1u);
}

TEST_F(ItemStreamTest, WaitsWhereTheAgencyHasMadeItsCallsOfTheMinute) {
  limits_.Configure(Limits(60, 2, -1));
  timers_.Advance(absl::Minutes(1));
  Begin();
  Give({"a", "b", "c", "d"});
  EXPECT_THAT(exchange_->AwaitReplies(2), ElementsAre("re a", "re b"));
  EXPECT_EQ(exchange_->untaken(), 1u);  // d: nothing is read while c waits
  timers_.Advance(absl::Milliseconds(999));
  EXPECT_EQ(server_->served.size(), 2u);
  timers_.Advance(absl::Milliseconds(1));
  EXPECT_THAT(exchange_->AwaitReplies(3), ElementsAre("re a", "re b", "re c"));
  EXPECT_THAT(Entries(), IsEmpty());
}

TEST_F(ItemStreamTest, RefusesItemsPastTheDaysCalls) {
  limits_.Configure(Limits(-1, 1, 1));
  Begin();
  Give({"a", "b"});
  EXPECT_THAT(exchange_->AwaitReplies(2), ElementsAre("re a", "no b: QUOTA_EXCEEDED"));
  EXPECT_EQ(server_->served.size(), 1u);
}

TEST_F(ItemStreamTest, EndsAsDrainingOnceWhatItTookIsTold) {
  Begin();
  Give({"slow a"});
  EXPECT_TRUE(stream_->Drain(Failure(v1::REASON_DRAINING, "the gateway is stopping")));
  Give({"b"});
  EXPECT_FALSE(exchange_->closed());
  server_->Answer("slow a");
  EXPECT_EQ(DetailOf(exchange_->AwaitEnd()).reason(), v1::REASON_DRAINING);
  EXPECT_THAT(exchange_->AwaitReplies(1), ElementsAre("re slow a"));
  EXPECT_THAT(server_->served, ElementsAre("slow a"));
  EXPECT_THAT(Entries(), ElementsAre("CALL_REFUSED DRAINING"));
  EXPECT_FALSE(stream_->Drain(Failure(v1::REASON_DRAINING, "again")));
}

TEST_F(ItemStreamTest, EndsAtOnceAsDrainingWhereNothingIsInWork) {
  Begin();
  stream_->Drain(Failure(v1::REASON_DRAINING, "the gateway is stopping"));
  EXPECT_EQ(DetailOf(exchange_->AwaitEnd()).reason(), v1::REASON_DRAINING);
}

TEST_F(ItemStreamTest, EndsAtTheFirstItemThatTheGatewayIsStoppingFor) {
  Begin();
  Give({"slow a", "late b", "c"});
  server_->Answer("slow a");
  EXPECT_EQ(DetailOf(exchange_->AwaitEnd()).reason(), v1::REASON_DRAINING);
  EXPECT_THAT(exchange_->AwaitReplies(1), ElementsAre("re slow a"));
}

TEST_F(ItemStreamTest, ThatIsCutTellsNothingMore) {
  Begin();
  Give({"slow a", "b"});
  EXPECT_TRUE(stream_->Cut(Failure(v1::REASON_CERTIFICATE_REVOKED, "revoked")));
  EXPECT_EQ(DetailOf(exchange_->AwaitEnd()).reason(), v1::REASON_CERTIFICATE_REVOKED);
  server_->Answer("slow a");
  Give({"c"});
  EXPECT_THAT(exchange_->AwaitReplies(0), IsEmpty());
  EXPECT_THAT(server_->served, ElementsAre("slow a", "b"));
  EXPECT_THAT(Entries(), ElementsAre("CALL_REFUSED CERTIFICATE_REVOKED"));
  EXPECT_FALSE(stream_->Cut(Failure(v1::REASON_CERTIFICATE_REVOKED, "again")));
  EXPECT_EQ(held_.use_count(), 1);
}

}  // namespace
}  // namespace tracegate

#include "gateway/rpc/call_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/policy/limit_defaults.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/identity/minted_pki.h"
#include "tests/gateway/rpc/fake_exchange.h"
#include "tests/gateway/tracing/fake_timers.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kCheck[] = "/tracegate.v1.TraceService/CheckTrace";
constexpr char kGet[] = "/tracegate.v1.TraceService/GetTrace";
constexpr char kImport[] = "/tracegate.v1.TraceService/ImportTraces";
constexpr char kWatch[] = "/tracegate.v1.TraceService/WatchTrace";

// Replies in the order they came, and how the stream ended.
class FakeStream : public ReplyStream {
 public:
  bool Send(std::string reply) override {
    replies.push_back(std::move(reply));
    return true;
  }
  void Finish(absl::Status status) override { ended.set_value(std::move(status)); }
  bool closed() override { return false; }

  std::vector<std::string> replies;
  std::promise<absl::Status> ended;
};

// Answers every item with itself.
class EchoServer : public ItemServer {
 public:
  void Serve(std::string item, ReplyDone done) override { done(std::move(item)); }
  std::string Failed(const std::string&, const absl::Status&) const override { return "failed"; }
};

// A chain over a log whose store can be made to wait or fail; Brazil is known, with CRLs.
class CallChainTest : public testing::Test {
 protected:
  CallChainTest() {
    handlers_.ServeUnary<v1::CheckTraceRequest>(
        kCheck, [this](const Call&, const v1::CheckTraceRequest&, std::string, ReplyDone done) {
          if (handler_waits_) {
            waiting_ = std::move(done);
          } else {
            done(std::string("reply"));
          }
        });
    handlers_.ServeStream<v1::WatchTraceRequest>(
        kWatch, [this](const Call&, const v1::WatchTraceRequest&,
                       const std::shared_ptr<ReplyStream>& stream) { watched_ = stream; });
    handlers_.ServeItems(kImport, [](const Call&) { return std::make_shared<EchoServer>(); });
  }

  // The log ends first, as in the gateway: its thread may still hold a call's place among the open ones.
  ~CallChainTest() override {
    waiting_ = nullptr;
    watched_.reset();
    log_.reset();
  }

  // Four calls at once, two strangers' refusals with an entry of their own.
  static config::v1::Limits Limits() {
    config::v1::Limits limits;
    FillDefaults(&limits);
    limits.set_calls_at_once(4);
    limits.set_strangers_per_minute(2);
    return limits;
  }

  std::shared_ptr<const CallerVerifier> VerifierWith(const std::string& crl) {
    const TrustBundleSource source{
        "BR", "br.example", root_.pem(),
        RevocationSource{crl, absl::ZeroDuration(), absl::FromUnixSeconds(1'780'000'000)}};
    return std::make_shared<CallerVerifier>(*TrustBundles::Load({source}), CallerVerifierOptions{});
  }

  IncomingCall From(const Minted& caller, const std::string& method = kCheck) {
    IncomingCall incoming;
    incoming.method = method;
    incoming.leaf_pem = caller.pem();
    return incoming;
  }

  std::future<absl::StatusOr<std::string>> Run(IncomingCall incoming) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<std::string>>>();
    chain_.RunUnary(std::move(incoming), [promise](auto reply) { promise->set_value(reply); });
    return promise->get_future();
  }

  std::vector<v1::EntryHeader> Headers() {
    std::vector<v1::EntryHeader> headers;
    EXPECT_TRUE(store_
                    .ScanEntries(0, false,
                                 [&](const EntryRow& row) {
                                   EXPECT_TRUE(headers.emplace_back().ParseFromString(row.header));
                                   return true;
                                 })
                    .ok());
    return headers;
  }

  const Minted root_ = Minted::Root("BR");
  const Minted officer_ = root_.Leaf("spiffe://br.example/policia-federal/registry");
  const Minted colleague_ = root_.Leaf("spiffe://br.example/policia-civil/registry");
  Current<CallerVerifier> verifier_{VerifierWith(root_.Crl())};
  FakeRecordStore store_;
  std::unique_ptr<EvidenceLog> log_ = *EvidenceLog::Open(&store_, ExampleOptions());
  HandlerTable handlers_;
  bool handler_waits_ = false;
  ReplyDone waiting_;
  std::shared_ptr<ReplyStream> watched_;
  OpenCalls open_;
  OpenConnections connections_{16};
  CallLimits limits_{Limits()};
  FakeTimers timers_;
  CallChain chain_{{.verifier = &verifier_,
                    .handlers = &handlers_,
                    .log = log_.get(),
                    .open = &open_,
                    .connections = &connections_,
                    .limits = &limits_,
                    .timers = &timers_,
                    .clock = [] { return absl::FromUnixSeconds(1'780'000'000); },
                    .message_bytes_max = 1000}};
};

TEST_F(CallChainTest, ReleasesNoReplyBeforeItIsInTheStore) {
  absl::Notification begun, go;
  store_.before_commit = [&](const WriteBatch&) {
    begun.Notify();
    go.WaitForNotification();
    return absl::OkStatus();
  };
  auto reply = Run(From(officer_));
  begun.WaitForNotification();
  EXPECT_EQ(reply.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  go.Notify();
  EXPECT_EQ(*reply.get(), "reply");
  const auto headers = Headers();
  ASSERT_EQ(headers.size(), 2u);
  EXPECT_EQ(headers[0].kind(), v1::ENTRY_KIND_REQUEST_RECEIVED);
  EXPECT_EQ(headers[1].kind(), v1::ENTRY_KIND_ANSWER_DISCLOSED);
  EXPECT_EQ(headers[1].method(), kCheck);
}

TEST_F(CallChainTest, ReleasesNoReplyThatCouldNotBeRecorded) {
  store_.before_commit = [](const WriteBatch&) {
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "the disk is full");
  };
  EXPECT_EQ(ReasonOf(Run(From(officer_)).get().status()), v1::REASON_RECORD_NOT_DURABLE);
  EXPECT_TRUE(Headers().empty());
}

TEST_F(CallChainTest, SendsARefusalEvenWhereItCouldNotBeRecorded) {
  store_.before_commit = [](const WriteBatch&) {
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "the disk is full");
  };
  IncomingCall stranger;
  stranger.method = kCheck;
  EXPECT_EQ(ReasonOf(Run(stranger).get().status()), v1::REASON_CERTIFICATE_MISSING);
}

TEST_F(CallChainTest, TellsAStrangerTheReasonAndTheLogTheRest) {
  verifier_.Replace(VerifierWith(root_.Crl({.revoked = {officer_}})));
  const auto refused = Run(From(officer_)).get().status();
  EXPECT_EQ(ReasonOf(refused), v1::REASON_CERTIFICATE_REVOKED);
  for (const char* detail : {"BR", "Leaf", "spiffe", "2026"}) {
    EXPECT_EQ(refused.message().find(detail), std::string::npos) << refused;
  }
  const auto entry = store_.ReadEntry(0);
  ASSERT_TRUE(entry.ok());
  EXPECT_NE(entry->content.find("BR root"), std::string::npos) << entry->content;
}

TEST_F(CallChainTest, RecordsWhoWasRefusedWhatAndWhy) {
  EXPECT_EQ(ReasonOf(Run(From(officer_, "/tracegate.v1.LiaisonService/CrossCheck")).get().status()),
            v1::REASON_ROLE_NOT_ALLOWED);
  IncomingCall large = From(officer_);
  large.request_bytes = std::string(1001, 'x');
  EXPECT_EQ(ReasonOf(Run(large).get().status()), v1::REASON_MESSAGE_TOO_LARGE);
  EXPECT_EQ(ReasonOf(Run(From(officer_, "/none/None")).get().status()), v1::REASON_METHOD_UNKNOWN);
  const auto headers = Headers();
  ASSERT_EQ(headers.size(), 3u);
  for (const v1::EntryHeader& header : headers) {
    EXPECT_EQ(header.kind(), v1::ENTRY_KIND_CALL_REFUSED);
    EXPECT_EQ(header.actor(), "spiffe://br.example/policia-federal/registry");
  }
  EXPECT_EQ(headers[0].reason(), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(headers[1].content_bytes(), 1001);
  EXPECT_EQ(headers[2].method(), "/none/None");
}

TEST_F(CallChainTest, EndsTheWaitingCallOfACallerThatIsRevokedAndDropsItsReply) {
  handler_waits_ = true;
  auto reply = Run(From(officer_));
  ASSERT_TRUE(waiting_);
  EXPECT_EQ(chain_.RecheckOpenCalls(), 0);
  verifier_.Replace(VerifierWith(root_.Crl({.revoked = {officer_}})));
  EXPECT_EQ(chain_.RecheckOpenCalls(), 1);
  EXPECT_EQ(ReasonOf(reply.get().status()), v1::REASON_CERTIFICATE_REVOKED);
  waiting_(std::string("too late"));
  waiting_ = nullptr;
  EXPECT_EQ(open_.size(), 0u);
  const auto headers = Headers();
  ASSERT_EQ(headers.size(), 1u);
  EXPECT_EQ(headers[0].reason(), "CERTIFICATE_REVOKED");
}

TEST_F(CallChainTest, TurnsAwayWhatAnAgencyHasTooManyOfAndNobodyElses) {
  handler_waits_ = true;
  std::vector<ReplyDone> waiting;
  for (int i = 0; i < 4; ++i) {
    Run(From(officer_));
    waiting.push_back(std::exchange(waiting_, nullptr));
  }
  EXPECT_EQ(ReasonOf(Run(From(officer_)).get().status()), v1::REASON_RATE_LIMITED);
  auto other = Run(From(colleague_));
  ASSERT_TRUE(waiting_);
  std::exchange(waiting_, nullptr)(std::string("reply"));
  EXPECT_TRUE(other.get().ok());
  waiting.front()(std::string("reply"));
  waiting.clear();
  auto next = Run(From(officer_));
  EXPECT_TRUE(waiting_);
  std::exchange(waiting_, nullptr)(std::string("reply"));
  EXPECT_TRUE(next.get().ok());
}

TEST_F(CallChainTest, RefusesEveryStrangerAndKeepsAnEntryOfAFew) {
  IncomingCall stranger;
  stranger.method = kCheck;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(ReasonOf(Run(stranger).get().status()), v1::REASON_CERTIFICATE_MISSING);
  }
  EXPECT_EQ(Headers().size(), 2u);
  EXPECT_EQ(limits_.TakeUncounted(), 8);
}

TEST_F(CallChainTest, NamesTheTraceInTheHeadersOfWhatWasToldOfIt) {
  handlers_.ServeUnary<v1::GetTraceRequest>(
      kGet, [](const Call&, const v1::GetTraceRequest& request, std::string, ReplyDone done) {
        if (request.trace_id() == "T1") return done(std::string("the trace"));
        done(Failure(v1::REASON_TRACE_NOT_FOUND, "no such trace"));
      });
  v1::GetTraceRequest request;
  for (const char* trace_id : {"T1", "of a guess"}) {
    IncomingCall incoming = From(officer_, kGet);
    request.set_trace_id(trace_id);
    incoming.request_bytes = request.SerializeAsString();
    Run(std::move(incoming)).wait();
  }
  auto stream = std::make_shared<FakeStream>();
  IncomingCall incoming = From(officer_, kWatch);
  incoming.request_bytes = request.SerializeAsString();  // both requests look the same
  chain_.RunStream(std::move(incoming), stream);
  watched_->Send("a trace");
  watched_->Finish(absl::OkStatus());
  EXPECT_TRUE(stream->ended.get_future().get().ok());
  std::vector<std::string> named;
  for (const auto& header : Headers()) named.push_back(header.trace_id());
  EXPECT_THAT(named, testing::ElementsAre("T1", "T1", "", "of a guess", "of a guess", ""));
}

TEST_F(CallChainTest, GivesEachReplyOfAStreamAReceiptOfItsOwn) {
  auto stream = std::make_shared<FakeStream>();
  chain_.RunStream(From(officer_, kWatch), stream);
  v1::WatchTraceResponse change;
  for (const char* trace_id : {"T1", "T2"}) {
    change.mutable_trace()->set_trace_id(trace_id);
    watched_->Send(change.SerializeAsString());
  }
  watched_->Finish(absl::OkStatus());
  ASSERT_TRUE(stream->ended.get_future().get().ok());
  ASSERT_EQ(stream->replies.size(), 2u);
  for (const std::string& reply : stream->replies) {
    EXPECT_TRUE(VerifyReply(reply, log_->verifier_key()).ok())
        << VerifyReply(reply, log_->verifier_key());
    std::string changed = reply;
    ++changed[4];  // in the trace's id
    EXPECT_FALSE(VerifyReply(changed, log_->verifier_key()).ok());
  }
  ASSERT_TRUE(change.ParseFromString(stream->replies[1]));
  EXPECT_EQ(change.trace().trace_id(), "T2");
  EXPECT_EQ(change.receipt().leaf_index(), 2);  // behind the request and the first reply
}

TEST_F(CallChainTest, ServesItemsToWhomTheRowNames) {
  auto exchange = std::make_shared<FakeExchange>();
  chain_.RunItems(From(officer_, kImport), exchange, exchange);
  exchange->Give("a");
  EXPECT_THAT(exchange->AwaitReplies(1), testing::ElementsAre("a"));
  EXPECT_EQ(open_.size(), 1u);
  exchange->GiveNoMore();
  EXPECT_TRUE(exchange->AwaitEnd().ok());
  EXPECT_EQ(open_.size(), 0u);
  const Minted liaison = root_.Leaf("spiffe://br.example/policia-federal/liaison");
  exchange = std::make_shared<FakeExchange>();
  chain_.RunItems(From(liaison, kImport), exchange, exchange);
  EXPECT_EQ(ReasonOf(exchange->AwaitEnd()), v1::REASON_ROLE_NOT_ALLOWED);
  const auto headers = Headers();
  ASSERT_EQ(headers.size(), 1u);
  EXPECT_EQ(headers[0].reason(), "ROLE_NOT_ALLOWED");
}

TEST_F(CallChainTest, EndsTheItemsOfACallerThatIsRevokedAndOfEverybodyWhenTheGatewayStops) {
  auto revoked = std::make_shared<FakeExchange>();
  auto kept = std::make_shared<FakeExchange>();
  chain_.RunItems(From(officer_, kImport), revoked, revoked);
  chain_.RunItems(From(colleague_, kImport), kept, kept);
  verifier_.Replace(VerifierWith(root_.Crl({.revoked = {officer_}})));
  EXPECT_EQ(chain_.RecheckOpenCalls(), 1);
  EXPECT_EQ(ReasonOf(revoked->AwaitEnd()), v1::REASON_CERTIFICATE_REVOKED);
  revoked->Give("a");
  EXPECT_THAT(revoked->AwaitReplies(0), testing::IsEmpty());
  kept->Give("a");
  EXPECT_THAT(kept->AwaitReplies(1), testing::ElementsAre("a"));
  chain_.Drain();
  EXPECT_EQ(ReasonOf(kept->AwaitEnd()), v1::REASON_DRAINING);
}

TEST_F(CallChainTest, EndsTheStreamOfACallerThatIsRevokedAndOfNobodyElse) {
  auto revoked = std::make_shared<FakeStream>();
  auto kept = std::make_shared<FakeStream>();
  auto ended = revoked->ended.get_future();
  auto kept_ended = kept->ended.get_future();
  chain_.RunStream(From(officer_, kWatch), revoked);
  const auto first = std::exchange(watched_, nullptr);
  chain_.RunStream(From(colleague_, kWatch), kept);
  verifier_.Replace(VerifierWith(root_.Crl({.revoked = {officer_}})));
  EXPECT_EQ(chain_.RecheckOpenCalls(), 1);
  EXPECT_EQ(ReasonOf(ended.get()), v1::REASON_CERTIFICATE_REVOKED);
  EXPECT_FALSE(first->Send("more"));
  EXPECT_EQ(kept_ended.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  EXPECT_TRUE(watched_->Send("more"));
}

}  // namespace
}  // namespace tracegate

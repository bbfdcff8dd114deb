#include "adapters/peer/peer_exchange.h"

#include <string>

#include "gtest/gtest.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

adapter::v1::FindRequest Question() {
  adapter::v1::FindRequest question;
  question.set_hop_id("hop.1");
  question.mutable_request()->set_to_state("BR");
  return question;
}

// The peer's trace, open, with one hop.
v1::Trace PeersTrace() {
  v1::Trace trace;
  trace.set_trace_id("T");
  trace.add_hops()->set_to_state("BR");
  return trace;
}

template <typename Request>
Request Read(const PeerCall& call) {
  Request request;
  EXPECT_TRUE(request.ParseFromString(call.request));
  return request;
}

TEST(PeerExchange, BeginsWithTheQuestionUnderItsId) {
  const PeerCall call = FirstPeerCall(Question());
  EXPECT_EQ(std::string(call.method), "/tracegate.v1.TraceService/CreateTrace");
  const auto request = Read<v1::CreateTraceRequest>(call);
  EXPECT_EQ(request.request_id(), "hop.1");
  EXPECT_EQ(request.request().to_state(), "BR");
}

TEST(PeerExchange, TakesAQuestionBackWithoutPuttingItFirst) {
  adapter::v1::FindRequest question = Question();
  question.mutable_withdrawal()->set_explanation("solved");
  question.mutable_withdrawal()->mutable_agency()->set_name("police");
  const PeerCall call = FirstPeerCall(question);
  EXPECT_EQ(std::string(call.method), "/tracegate.v1.TraceService/WithdrawTrace");
  const auto request = Read<v1::WithdrawTraceRequest>(call);
  EXPECT_EQ(request.request_id(), "hop.1");
  EXPECT_EQ(request.explanation(), "solved");
  EXPECT_EQ(request.agency().name(), "police");
  EXPECT_FALSE(NextPeerCall(question, PeersTrace().SerializeAsString()));
}

TEST(PeerExchange, TellsTheNextSupplementUntilThePeerHasAll) {
  adapter::v1::FindRequest question = Question();
  question.add_supplements()->set_message("first");
  question.add_supplements()->set_message("second");
  question.mutable_supplements(1)->mutable_item()->mutable_weapon()->set_serial_number("A1");
  v1::Trace trace = PeersTrace();
  for (const char* message : {"first", "second"}) {
    const auto call = NextPeerCall(question, trace.SerializeAsString());
    ASSERT_TRUE(call);
    EXPECT_EQ(std::string(call->method), "/tracegate.v1.TraceService/SupplementTrace");
    const auto request = Read<v1::SupplementTraceRequest>(*call);
    EXPECT_EQ(request.trace_id(), "T");
    EXPECT_EQ(request.message(), message);
    EXPECT_EQ(request.number(), trace.supplements_size() + 1);
    trace.add_supplements();
  }
  EXPECT_FALSE(NextPeerCall(question, trace.SerializeAsString()));
}

TEST(PeerExchange, TellsNoSupplementToATraceThatHasEnded) {
  adapter::v1::FindRequest question = Question();
  question.add_supplements()->set_message("first");
  v1::Trace trace = PeersTrace();
  trace.mutable_finding();
  EXPECT_FALSE(NextPeerCall(question, trace.SerializeAsString()));
}

TEST(PeerExchange, AsksWhatIsToBeClarifiedAlsoOnceTheTraceHasEnded) {
  adapter::v1::FindRequest question = Question();
  question.add_clarifications()->set_question("why?");
  v1::Trace trace = PeersTrace();
  trace.mutable_finding();
  const auto call = NextPeerCall(question, trace.SerializeAsString());
  ASSERT_TRUE(call);
  EXPECT_EQ(std::string(call->method), "/tracegate.v1.TraceService/RequestClarification");
  const auto request = Read<v1::RequestClarificationRequest>(*call);
  EXPECT_EQ(request.question(), "why?");
  EXPECT_EQ(request.number(), 1);
  trace.mutable_hops(0)->add_clarifications();
  EXPECT_FALSE(NextPeerCall(question, trace.SerializeAsString()));
}

TEST(PeerExchange, SaysNothingMoreAfterAReplyThatIsNoTrace) {
  adapter::v1::FindRequest question = Question();
  question.add_supplements()->set_message("first");
  EXPECT_FALSE(NextPeerCall(question, "\xff\xff"));
}

}  // namespace
}  // namespace tracegate

#include "adapters/peer/peer_answer.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'780'000'000);

// Brazil's reply to the question "hop.1", ended.
v1::Trace EndedTrace() {
  v1::Trace trace;
  trace.set_trace_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  trace.set_request_id("hop.1");
  trace.set_state(v1::TRACE_STATE_ANSWERED);
  v1::Hop* hop = trace.add_hops();
  hop->set_number(1);
  hop->set_to_state("BR");
  hop->mutable_answer()->set_outcome(v1::OUTCOME_NO_RECORD);
  trace.mutable_receipt()->set_log_origin("br.example/log");
  return trace;
}

absl::StatusOr<adapter::v1::FindResponse> Read(const v1::Trace& trace) {
  return ReadPeerReply(trace.SerializeAsString(), "BR", "hop.1", kNow);
}

void ExpectUnusable(const absl::StatusOr<adapter::v1::FindResponse>& read, const std::string& why) {
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(DetailOf(read.status()).reason(), v1::REASON_PEER_REFUSED);
  EXPECT_THAT(std::string(read.status().message()), HasSubstr(why));
}

TEST(ReadPeerReply, TakesTheAnswerWithItsReceiptAndTheBytesAsTheyCame) {
  const v1::Trace trace = EndedTrace();
  const auto read = Read(trace);
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_TRUE(read->has_answer());
  EXPECT_EQ(read->answer().answer().outcome(), v1::OUTCOME_NO_RECORD);
  EXPECT_EQ(read->answer().receipt().log_origin(), "br.example/log");
  EXPECT_EQ(read->answer().remote_trace_id(), trace.trace_id());
  EXPECT_EQ(read->answer().verbatim(), trace.SerializeAsString());
}

TEST(ReadPeerReply, TellsHowFarTheDeskHasComeThatAnswersByHand) {
  v1::Trace trace = EndedTrace();
  trace.set_state(v1::TRACE_STATE_INFO_REQUESTED);
  trace.mutable_hops(0)->clear_answer();
  trace.mutable_hops(0)->mutable_desk()->set_wanted_message("which import mark?");
  const auto read = Read(trace);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->pending().desk().wanted_message(), "which import mark?");
  trace.mutable_hops(0)->clear_desk();
  EXPECT_FALSE(Read(trace)->pending().has_desk());
}

TEST(ReadPeerReply, WaitsForANewerGatewayWhereTheAnswerHasAWordItDoesNotKnow) {
  v1::Trace trace = EndedTrace();
  trace.mutable_hops(0)->mutable_answer()->set_outcome(static_cast<v1::Outcome>(9999));
  const auto read = Read(trace);
  EXPECT_EQ(DetailOf(read.status()).reason(), v1::REASON_PEER_NEWER);
  EXPECT_TRUE(absl::IsUnavailable(read.status()));
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("hops[0].answer.outcome"));
}

TEST(ReadPeerReply, RefusesTheReplyToAnotherRequest) {
  v1::Trace trace = EndedTrace();
  trace.set_request_id("hop.2");
  ExpectUnusable(Read(trace), "another request");
  trace.clear_request_id();
  ExpectUnusable(Read(trace), "another request");
}

TEST(ReadPeerReply, RefusesTheAnswerOfAnotherState) {
  v1::Trace trace = EndedTrace();
  trace.mutable_hops(0)->set_to_state("CL");
  ExpectUnusable(Read(trace), "BR alone");
}

TEST(ReadPeerReply, RefusesATraceOfSeveralHopsOrNone) {
  v1::Trace trace = EndedTrace();
  *trace.add_hops() = trace.hops(0);
  ExpectUnusable(Read(trace), "BR alone");
  trace.clear_hops();
  ExpectUnusable(Read(trace), "BR alone");
}

TEST(ReadPeerReply, IsPendingInEveryStateThatIsNotTheLast) {
  for (const auto state :
       {v1::TRACE_STATE_UNSPECIFIED, v1::TRACE_STATE_SUBMITTED, v1::TRACE_STATE_ACKNOWLEDGED,
        v1::TRACE_STATE_IN_PROGRESS, v1::TRACE_STATE_INFO_REQUESTED, v1::TRACE_STATE_DELAYED,
        v1::TRACE_STATE_CLARIFICATION_REQUESTED}) {
    v1::Trace trace = EndedTrace();
    trace.set_state(state);
    const auto read = Read(trace);
    ASSERT_TRUE(read.ok()) << read.status();
    ASSERT_TRUE(read->has_pending()) << v1::TraceState_Name(state);
    EXPECT_EQ(read->pending().remote_trace_id(), trace.trace_id());
    EXPECT_GT(read->pending().ask_again_time().seconds(), absl::ToUnixSeconds(kNow));
  }
}

TEST(ReadPeerReply, TakesTheAnswerInEveryLastState) {
  for (const auto state :
       {v1::TRACE_STATE_ANSWERED, v1::TRACE_STATE_RESTRICTED, v1::TRACE_STATE_REFUSED,
        v1::TRACE_STATE_WITHDRAWN, v1::TRACE_STATE_EXPIRED}) {
    v1::Trace trace = EndedTrace();
    trace.set_state(state);
    const auto read = Read(trace);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(read->has_answer()) << v1::TraceState_Name(state);
  }
}

TEST(ReadPeerReply, RefusesAnEndedHopWithoutAnswerAndSaysWhy) {
  v1::Trace trace = EndedTrace();
  trace.mutable_hops(0)->clear_answer();
  trace.mutable_hops(0)->mutable_failure()->set_reason(v1::REASON_REGISTRY_MISMATCH);
  ExpectUnusable(Read(trace), "REGISTRY_MISMATCH");
}

TEST(ReadPeerReply, RefusesBytesThatAreNoTrace) {
  ExpectUnusable(ReadPeerReply("\x0a\x7f", "BR", "hop.1", kNow), "cannot be used");
  ExpectUnusable(ReadPeerReply("", "BR", "hop.1", kNow), "another request");
}

TEST(ReadPeerReply, RefusesATraceOverTheBoundsOfItsFields) {
  v1::Trace trace = EndedTrace();
  trace.mutable_hops(0)->mutable_answer()->set_explanation(std::string(2048, 'x'));
  EXPECT_TRUE(Read(trace).ok());
  trace.mutable_hops(0)->mutable_answer()->set_explanation(std::string(2049, 'x'));
  ExpectUnusable(Read(trace), "explanation");
}

TEST(ReadPeerReply, RefusesEveryPrefixThatBreaksOffWithinTheAnswer) {
  const std::string bytes = EndedTrace().SerializeAsString();
  for (size_t length = 0; length < bytes.size(); ++length) {
    const auto read = ReadPeerReply(bytes.substr(0, length), "BR", "hop.1", kNow);
    // A whole trace without its receipt is a trace; anything shorter is no answer.
    if (read.ok() && read->has_answer()) {
      EXPECT_EQ(read->answer().answer().outcome(), v1::OUTCOME_NO_RECORD);
    }
  }
}

TEST(ReadPeerFailure, KeepsWhatMayBeTriedAgainSo) {
  for (const absl::Status& status :
       {absl::UnavailableError("x"), absl::ResourceExhaustedError("x"),
        Failure(v1::REASON_DRAINING, "x"), Failure(v1::REASON_OVERLOADED, "x")}) {
    const absl::Status read = ReadPeerFailure(status, "brazil");
    EXPECT_EQ(read.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(DetailOf(read).reason(), v1::REASON_PEER_UNAVAILABLE);
    EXPECT_THAT(std::string(read.message()), HasSubstr("brazil"));
  }
  EXPECT_EQ(DetailOf(ReadPeerFailure(absl::DeadlineExceededError("x"), "brazil")).reason(),
            v1::REASON_DEADLINE_EXCEEDED);
  EXPECT_EQ(DetailOf(ReadPeerFailure(absl::CancelledError("x"), "brazil")).reason(),
            v1::REASON_CANCELLED);
}

TEST(ReadPeerFailure, KeepsTheReasonForWhichThePeerRefuses) {
  const absl::Status read = ReadPeerFailure(Failure(v1::REASON_NO_AGREEMENT, "none"), "brazil");
  EXPECT_EQ(read.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(DetailOf(read).reason(), v1::REASON_NO_AGREEMENT);
}

TEST(ReadPeerFailure, StaysPermissionDeniedWhereThePeerGivesNoReason) {
  const absl::Status read = ReadPeerFailure(absl::PermissionDeniedError("go away"), "brazil");
  EXPECT_EQ(read.code(), absl::StatusCode::kPermissionDenied) << read;
}

TEST(ReadPeerFailure, MakesEverythingElseARefusalThatIsNotTriedAgain) {
  for (const v1::Reason reason :
       {v1::REASON_QUALITY_GATE, v1::REASON_REQUEST_ID_REUSED, v1::REASON_CERTIFICATE_UNTRUSTED,
        v1::REASON_INTERNAL, v1::REASON_LOG_DAMAGED, v1::REASON_METHOD_UNKNOWN}) {
    const absl::Status read = ReadPeerFailure(Failure(reason, "why"), "brazil");
    EXPECT_EQ(DetailOf(read).reason(), v1::REASON_PEER_REFUSED);
    EXPECT_THAT(std::string(read.message()), HasSubstr(ReasonName(reason)));
  }
}

}  // namespace
}  // namespace tracegate

#include <future>
#include <string>

#include "gateway/tracing/desk_step.h"
#include "gateway/tracing/timestamp.h"
#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

// Argentina's gateway asks Brazil's, whose registry is a desk.
class Desk : public TracingHouse {
 protected:
  void SetUp() override {
    brazil_->Plays([this](const auto&) { return Lying(timers_->Now()); });
    house_.tell_overdue = [this](std::string_view, std::string_view state, std::string_view owed) {
      overdue_.push_back(std::string(state) + " " + std::string(owed));
    };
    Start();
    v1::TraceRequest request = ExampleRequest("AR");
    request.set_to_state("BR");
    request.mutable_requesting_agency()->set_state("AR");
    request.mutable_requesting_agency()->set_name("policia-federal-argentina");
    request_ = request;
    trace_id_ = Checked(Wait(AskAgain())).trace_id();
  }

  // The desk adapter's answer: acknowledged within an hour, answered within a day.
  static adapter::v1::FindResponse Lying(absl::Time now) {
    adapter::v1::FindResponse response;
    adapter::v1::Pending& pending = *response.mutable_pending();
    *pending.mutable_ask_again_time() = ToTimestamp(now + absl::Hours(6));
    v1::DeskWork& desk = *pending.mutable_desk();
    *desk.mutable_receive_time() = ToTimestamp(now);
    *desk.mutable_acknowledge_by() = ToTimestamp(now + absl::Hours(1));
    *desk.mutable_answer_by() = ToTimestamp(now + absl::Hours(5));
    return response;
  }

  // What the asking gateway does until it has an answer.
  std::future<Reply> AskAgain() {
    auto reply =
        Create(argentine_gateway_, "request-1", request_, timers_->Now() + absl::Seconds(10));
    timers_->Advance(absl::Seconds(10));
    return reply;
  }

  template <typename Request>
  Reply Do(const Request& request, ActOn<Request> act, const Caller* caller = nullptr) {
    return Wait(Act(caller == nullptr ? officer_ : *caller, request, act));
  }

  Reply Take(const std::string& reference = "") {
    v1::AcknowledgeTraceRequest request;
    request.set_trace_id(trace_id_);
    request.set_reference(reference);
    return Do(request, &Acknowledge);
  }

  Reply Want(const std::string& message) {
    v1::RequestInformationRequest request;
    request.set_trace_id(trace_id_);
    request.set_message(message);
    return Do(request, &WantInformation);
  }

  Reply PutOff(absl::Duration until, v1::LegalGround ground) {
    v1::DelayTraceRequest request;
    request.set_trace_id(trace_id_);
    request.set_legal_ground(ground);
    *request.mutable_until() = ToTimestamp(timers_->Now() + until);
    return Do(request, &Delay);
  }

  Reply Answer(const v1::Answer& answer) {
    v1::AnswerTraceRequest request;
    request.set_trace_id(trace_id_);
    *request.mutable_answer() = answer;
    return Do(request, &AnswerByHand);
  }

  static v1::Answer Saying(v1::Outcome outcome) {
    v1::Answer answer;
    answer.set_outcome(outcome);
    return answer;
  }

  v1::TraceRequest request_;
  std::string trace_id_;
  std::vector<std::string> overdue_;
};

TEST_F(Desk, KeepsAQuestionUntilAnOfficerAnswersAndTheAskerHearsOfEachStep) {
  EXPECT_EQ(Got(officer_, trace_id_).state(), v1::TRACE_STATE_IN_PROGRESS);
  const v1::Trace taken = Checked(Take("IP 12/2026"));
  EXPECT_EQ(taken.state(), v1::TRACE_STATE_ACKNOWLEDGED);
  v1::Trace heard = Checked(Wait(AskAgain()));
  EXPECT_EQ(heard.state(), v1::TRACE_STATE_ACKNOWLEDGED);
  EXPECT_EQ(heard.hops(0).desk().responding_agency().name(), "policia-federal");
  EXPECT_EQ(heard.hops(0).desk().responding_agency().reference(), "IP 12/2026");

  EXPECT_EQ(Checked(Want("which import mark?")).state(), v1::TRACE_STATE_INFO_REQUESTED);
  heard = Checked(Wait(AskAgain()));
  EXPECT_EQ(heard.hops(0).desk().wanted_message(), "which import mark?");

  v1::Answer answer = Saying(v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  *answer.add_candidates()->mutable_record() = ExampleRecord();
  answer.mutable_candidates(0)->mutable_record()->mutable_holder()->set_name("Maria Example");
  Checked(Answer(answer));
  AwaitClosed();
  const v1::Trace ended = Checked(Wait(AskAgain()));
  EXPECT_EQ(ended.state(), v1::TRACE_STATE_ANSWERED);
  const v1::Answer& told = ended.hops(0).answer();
  EXPECT_EQ(told.outcome(), v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  EXPECT_EQ(told.responding_agency().name(), "policia-federal");
  EXPECT_EQ(told.candidates(0).grade(), v1::MATCH_GRADE_EXACT) << "compared by the gateway";
  EXPECT_FALSE(told.candidates(0).record().has_holder()) << "cut to the agreement";
  EXPECT_EQ(brazil_->asked().size(), 1u);
}

TEST_F(Desk, RecordsWhatAnOfficerDidBeforeTheyHearThatItIsDone) {
  Checked(Take());
  const auto received = Entries(v1::ENTRY_KIND_REQUEST_RECEIVED);
  ASSERT_EQ(received.size(), 2u);
  EXPECT_EQ(received[1].actor(), officer_.spiffe_id);
  EXPECT_EQ(received[1].method(), "/a/Method");
  EXPECT_EQ(received[1].trace_id(), trace_id_);
  EXPECT_EQ(received[1].agreement_id(), "AR-asks-BR");
  EXPECT_EQ(Entries(v1::ENTRY_KIND_DESK_TOLD).size(), 1u);
}

TEST_F(Desk, SurvivesARestart) {
  Checked(Take("IP 12/2026"));
  Stop();
  Start();
  ASSERT_TRUE(tracer_->Resume().ok());
  EXPECT_EQ(Got(officer_, trace_id_).state(), v1::TRACE_STATE_ACKNOWLEDGED);
  Checked(Answer(Saying(v1::OUTCOME_NO_RECORD)));
  AwaitClosed();
  EXPECT_EQ(Got(officer_, trace_id_).hops(0).answer().outcome(), v1::OUTCOME_NO_RECORD);
  EXPECT_EQ(Got(officer_, trace_id_).hops(0).desk().responding_agency().reference(), "IP 12/2026");
}

TEST_F(Desk, RestrictsOnALegalGround) {
  v1::Answer answer = Saying(v1::OUTCOME_NO_RECORD_OF_EXPORT);
  answer.set_legal_ground(v1::LEGAL_GROUND_ONGOING_INVESTIGATION);
  Checked(Answer(answer));
  AwaitClosed();
  EXPECT_EQ(Got(argentine_gateway_, trace_id_).state(), v1::TRACE_STATE_RESTRICTED);
}

TEST_F(Desk, RefusesOnALegalGroundThatTheAskerIsTold) {
  v1::RefuseTraceRequest request;
  request.set_trace_id(trace_id_);
  EXPECT_EQ(ReasonOf(Do(request, &Refuse).status()), v1::REASON_FIELD_REQUIRED);
  request.set_legal_ground(v1::LEGAL_GROUND_NATIONAL_SECURITY);
  Checked(Do(request, &Refuse));
  AwaitClosed();
  const v1::Trace ended = Got(argentine_gateway_, trace_id_);
  EXPECT_EQ(ended.state(), v1::TRACE_STATE_REFUSED);
  EXPECT_EQ(ended.hops(0).answer().legal_ground(), v1::LEGAL_GROUND_NATIONAL_SECURITY);
}

TEST_F(Desk, DelaysUntilATimeBeforeTheTraceExpires) {
  EXPECT_EQ(ReasonOf(PutOff(absl::Hours(2), v1::LEGAL_GROUND_UNSPECIFIED).status()),
            v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(ReasonOf(PutOff(absl::ZeroDuration(), v1::LEGAL_GROUND_CONFIDENTIALITY_LAW).status()),
            v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(PutOff(absl::Hours(25), v1::LEGAL_GROUND_CONFIDENTIALITY_LAW).status()),
            v1::REASON_FIELD_INVALID);
  const v1::Trace delayed = Checked(PutOff(absl::Hours(20), v1::LEGAL_GROUND_CONFIDENTIALITY_LAW));
  EXPECT_EQ(delayed.state(), v1::TRACE_STATE_DELAYED);
  EXPECT_TRUE(delayed.hops(0).desk().has_acknowledge_time());
  timers_->Advance(absl::Hours(12));
  EXPECT_TRUE(overdue_.empty()) << "the clock stands until then";
  timers_->Advance(absl::Hours(9));
  EXPECT_THAT(overdue_, testing::Contains("BR answer"));
}

TEST_F(Desk, RemindsOfWhatIsOwed) {
  timers_->Advance(absl::Minutes(30));
  EXPECT_TRUE(overdue_.empty());
  timers_->Advance(absl::Minutes(31));
  EXPECT_EQ(overdue_, std::vector<std::string>{"BR acknowledgement"});
  Checked(Take());
  timers_->Advance(absl::Hours(1));
  EXPECT_EQ(overdue_.size(), 1u);
  timers_->Advance(absl::Hours(6));
  EXPECT_EQ(overdue_.back(), "BR answer");
}

TEST_F(Desk, TakesNoStepThatDoesNotFollow) {
  Checked(Take());
  EXPECT_EQ(ReasonOf(Take().status()), v1::REASON_TRACE_STATE);
  EXPECT_EQ(ReasonOf(Want("").status()), v1::REASON_FIELD_REQUIRED);
  Checked(Answer(Saying(v1::OUTCOME_NO_RECORD)));
  AwaitClosed();
  const absl::Status late = Want("which import mark?").status();
  EXPECT_EQ(ReasonOf(late), v1::REASON_TRACE_STATE);
  EXPECT_NE(std::string(late.message()).find("ANSWERED"), std::string::npos) << late;
}

TEST_F(Desk, IsForOfficersOfTheStateAskedAlone) {
  const Caller austrian = ExampleCaller("AT", "bundeskriminalamt", Role::kDesk);
  v1::AcknowledgeTraceRequest request;
  request.set_trace_id(trace_id_);
  EXPECT_EQ(ReasonOf(Do(request, &Acknowledge, &austrian).status()), v1::REASON_TRACE_NOT_FOUND);
  request.set_trace_id("");
  EXPECT_EQ(ReasonOf(Do(request, &Acknowledge).status()), v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(Got(officer_, trace_id_).state(), v1::TRACE_STATE_IN_PROGRESS);
}

TEST_F(Desk, AnswersOnlyWhatIsAnAnswer) {
  EXPECT_EQ(ReasonOf(Answer(Saying(v1::OUTCOME_UNSPECIFIED)).status()), v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(ReasonOf(Answer(Saying(v1::OUTCOME_WITHHELD)).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Answer(Saying(v1::OUTCOME_NO_STATE_TO_ASK)).status()),
            v1::REASON_FIELD_INVALID);
  v1::Answer answer = Saying(v1::OUTCOME_NO_RECORD);
  answer.set_next_state("AT");
  EXPECT_EQ(ReasonOf(Answer(answer).status()), v1::REASON_FIELD_INVALID);
  answer.set_outcome(v1::OUTCOME_TRANSFERRED_TO_STATE);
  for (const char* state : {"XX", "BR", "at"}) {
    answer.set_next_state(state);
    EXPECT_EQ(ReasonOf(Answer(answer).status()), v1::REASON_FIELD_INVALID) << state;
  }
  answer.clear_next_state();
  answer.add_candidates();
  EXPECT_EQ(ReasonOf(Answer(answer).status()), v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(Got(officer_, trace_id_).state(), v1::TRACE_STATE_IN_PROGRESS);
}

// Brazil's own agency asks Austria, whose gateway tells how far its desk has come.
TEST_F(Desk, OfAnotherStateIsHeardOfButNotAnsweredHere) {
  brazil_->Plays([](const auto&) { return NoRecords(); });
  v1::DeskWork desk;
  desk.mutable_responding_agency()->set_name("bundeskriminalamt");
  *desk.mutable_acknowledge_time() = ToTimestamp(timers_->Now());
  austria_->Plays([&](const auto&) {
    adapter::v1::FindResponse response;
    *response.mutable_pending()->mutable_ask_again_time() =
        ToTimestamp(timers_->Now() + absl::Seconds(30));
    *response.mutable_pending()->mutable_desk() = desk;
    return response;
  });
  v1::TraceRequest request = ExampleRequest();
  request.set_to_state("AT");
  auto reply = Create(officer_, "request-2", request, timers_->Now() + absl::Seconds(10));
  ASSERT_TRUE(timers_->AwaitWaiting(3))
      << "the desk's, the waiter's, and when to ask Austria again";
  timers_->Advance(absl::Seconds(10));
  const v1::Trace trace = Checked(Wait(std::move(reply)));
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_ACKNOWLEDGED);
  EXPECT_EQ(trace.hops(0).desk().responding_agency().name(), "bundeskriminalamt");
  trace_id_ = trace.trace_id();
  EXPECT_EQ(ReasonOf(Answer(Saying(v1::OUTCOME_NO_RECORD)).status()), v1::REASON_TRACE_STATE);
}

}  // namespace
}  // namespace tracegate

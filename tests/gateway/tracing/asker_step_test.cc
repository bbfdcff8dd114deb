#include "gateway/tracing/asker_step.h"

#include <future>
#include <string>

#include "gateway/tracing/desk_step.h"
#include "gateway/tracing/timestamp.h"
#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

// Brazil's officer has asked Austria, whose gateway tells what its desk does.
class Asker : public TracingHouse {
 protected:
  void SetUp() override {
    austria_->Plays([this](const auto&) { return Pending(); });
    Start();
    v1::TraceRequest request = ExampleRequest();
    request.set_to_state("AT");
    trace_id_ = Checked(Now(request)).trace_id();
  }

  // The same request again, answered with the trace as it stands.
  Reply Now(const v1::TraceRequest& request) {
    auto reply = Create(officer_, "request-1", request, timers_->Now() + absl::Seconds(10));
    timers_->Advance(absl::Seconds(10));
    return Wait(std::move(reply));
  }

  // What Austria's gateway says while its desk is at it.
  adapter::v1::FindResponse Pending() {
    adapter::v1::FindResponse response;
    adapter::v1::Pending& pending = *response.mutable_pending();
    pending.set_remote_trace_id("REMOTE");
    *pending.mutable_ask_again_time() = ToTimestamp(timers_->Now() + absl::Seconds(30));
    pending.set_supplements_taken(taken_);
    *pending.mutable_desk() = desk_;
    *pending.mutable_clarifications() = clarifications_;
    return response;
  }

  void WantsMore(const std::string& message) {
    desk_.set_wanted_message(message);
    *desk_.mutable_wanted_time() = ToTimestamp(timers_->Now());
    timers_->Advance(absl::Minutes(20));
    AwaitState(v1::TRACE_STATE_INFO_REQUESTED);
  }

  static adapter::v1::FindResponse Refusing() {
    adapter::v1::FindResponse found = AnswerOf(v1::OUTCOME_WITHHELD);
    found.mutable_answer()->mutable_answer()->set_legal_ground(
        v1::LEGAL_GROUND_ONGOING_INVESTIGATION);
    return found;
  }

  void Refuses() {
    austria_->Plays([](const auto&) { return Refusing(); });
    timers_->Advance(absl::Minutes(20));
    AwaitClosed();
  }

  void AwaitState(v1::TraceState state) {
    for (int i = 0; i < 3'000'000 && Got(officer_, trace_id_).state() != state; ++i)
      std::this_thread::yield();
    EXPECT_EQ(Got(officer_, trace_id_).state(), state);
  }

  // Waits until Austria was asked so often.
  adapter::v1::FindRequest AwaitAsked(size_t count) {
    for (int i = 0; i < 3'000'000 && austria_->asked().size() < count; ++i)
      std::this_thread::yield();
    const auto asked = austria_->asked();
    EXPECT_GE(asked.size(), count);
    return asked.empty() ? adapter::v1::FindRequest() : asked.back();
  }

  v1::SupplementTraceRequest Saying(const std::string& message) {
    v1::SupplementTraceRequest request;
    request.set_trace_id(trace_id_);
    request.set_message(message);
    return request;
  }

  v1::RequestClarificationRequest Asking(const std::string& question) {
    v1::RequestClarificationRequest request;
    request.set_trace_id(trace_id_);
    request.set_question(question);
    return request;
  }

  Reply Withdraws(const std::string& explanation) {
    v1::WithdrawTraceRequest request;
    request.set_trace_id(trace_id_);
    request.set_explanation(explanation);
    return Wait(Act(officer_, request, &Withdraw));
  }

  std::string trace_id_;
  int taken_ = 0;
  v1::DeskWork desk_;
  google::protobuf::RepeatedPtrField<v1::Clarification> clarifications_;
};

TEST_F(Asker, GivesWhatIsWantedAndTheStateAskedHearsOfItAtOnce) {
  WantsMore("which import mark?");
  const size_t before = austria_->asked().size();
  desk_.Clear();
  taken_ = 1;
  v1::SupplementTraceRequest request = Saying("import mark on the frame");
  *request.mutable_item() = ExampleRequest().item();
  request.mutable_item()->mutable_weapon()->set_serial_number("ABC124");
  const v1::Trace trace = Checked(Wait(Act(officer_, request, &Supplement)));
  EXPECT_EQ(trace.state(), v1::TRACE_STATE_IN_PROGRESS);
  EXPECT_EQ(trace.request().item().weapon().serial_number(), "ABC123") << "as it was asked";
  EXPECT_EQ(trace.supplements(0).item().weapon().serial_number(), "ABC124");
  EXPECT_EQ(trace.supplements(0).agency().name(), "policia-federal");

  const auto question = AwaitAsked(before + 1);
  ASSERT_EQ(question.supplements_size(), 1);
  EXPECT_EQ(question.supplements(0).message(), "import mark on the frame");
  EXPECT_EQ(question.item().weapon().serial_number(), "ABC124");
  EXPECT_EQ(question.request().item().weapon().serial_number(), "ABC123")
      << "the same question under the same id";
  const auto asked = Entries(v1::ENTRY_KIND_HOP_ASKED);
  ASSERT_EQ(asked.size(), 2u) << "what is added is on record before it leaves";
  EXPECT_EQ(asked[1].agreement_id(), "BR-asks-AT");
}

TEST_F(Asker, SupplementsOnlyWhatIsWantedWithSomethingUseful) {
  const absl::Status early = Wait(Act(officer_, Saying("more"), &Supplement)).status();
  EXPECT_EQ(ReasonOf(early), v1::REASON_TRACE_STATE);
  EXPECT_THAT(std::string(early.message()), HasSubstr("IN_PROGRESS"));
  WantsMore("which import mark?");
  EXPECT_EQ(ReasonOf(Wait(Act(officer_, Saying(""), &Supplement)).status()),
            v1::REASON_FIELD_REQUIRED);
  v1::SupplementTraceRequest request = Saying("");
  request.mutable_item()->mutable_weapon()->set_serial_number("removed");
  const absl::Status useless = Wait(Act(officer_, request, &Supplement)).status();
  EXPECT_EQ(ReasonOf(useless), v1::REASON_QUALITY_GATE);
  EXPECT_THAT(std::string(useless.message()), HasSubstr("item.weapon"));
  EXPECT_EQ(Got(officer_, trace_id_).supplements_size(), 0);
  EXPECT_EQ(Got(officer_, trace_id_).state(), v1::TRACE_STATE_INFO_REQUESTED);
}

TEST_F(Asker, SupplementsAgainWhereTheAnswerToAnEarlierQuestionWasOnItsWay) {
  WantsMore("which import mark?");
  // A call is out while the officer supplements; what it brings is of before.
  austria_->Plays([](const auto&) { return std::nullopt; });
  timers_->Advance(absl::Minutes(20));
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  Checked(Wait(Act(officer_, Saying("DE 19"), &Supplement)));
  const size_t before = austria_->asked().size();
  austria_->Answer(Pending());
  EXPECT_EQ(AwaitAsked(before + 1).supplements_size(), 1);
  EXPECT_EQ(Got(officer_, trace_id_).state(), v1::TRACE_STATE_IN_PROGRESS)
      << "the old wish is not taken for a new one";
}

TEST_F(Asker, WithdrawsAndEveryStateThatHasTheQuestionIsTold) {
  austria_->Plays([](const adapter::v1::FindRequest& question) -> RegistryScript::Found {
    if (!question.has_withdrawal()) return Failure(v1::REASON_PEER_UNAVAILABLE, "away");
    adapter::v1::FindResponse response;
    response.mutable_withdrawn();
    return response;
  });
  const v1::Trace withdrawn = Checked(Withdraws("the owner was found"));
  EXPECT_EQ(withdrawn.state(), v1::TRACE_STATE_WITHDRAWN);
  EXPECT_EQ(withdrawn.withdrawal().explanation(), "the owner was found");
  AwaitClosed();
  const v1::Trace ended = Got(officer_, trace_id_);
  EXPECT_EQ(ended.state(), v1::TRACE_STATE_WITHDRAWN);
  EXPECT_EQ(ended.hops(0).state(), v1::HOP_STATE_WITHDRAWN);
  EXPECT_EQ(austria_->asked().back().withdrawal().agency().name(), "policia-federal");
  EXPECT_EQ(Entries(v1::ENTRY_KIND_HOP_ASKED).size(), 2u);
  const absl::Status again = Withdraws("again").status();
  EXPECT_EQ(ReasonOf(again), v1::REASON_TRACE_STATE);
  EXPECT_THAT(std::string(again.message()), HasSubstr("WITHDRAWN"));
}

TEST_F(Asker, TellsAStateThatIsAwayOfAWithdrawalOnceItIsBackAlsoAfterARestart) {
  austria_->Plays([](const auto&) { return Failure(v1::REASON_PEER_UNAVAILABLE, "away"); });
  const size_t before = austria_->asked().size();
  EXPECT_EQ(Checked(Withdraws("")).state(), v1::TRACE_STATE_WITHDRAWN);
  EXPECT_TRUE(AwaitAsked(before + 1).has_withdrawal());
  ASSERT_TRUE(timers_->AwaitWaiting(1));
  timers_->Advance(absl::Hours(2));
  EXPECT_EQ(Entries(v1::ENTRY_KIND_HOP_ASKED).size(), 2u) << "on record once, however often tried";
  Stop();
  Start();
  ASSERT_TRUE(tracer_->Resume().ok());
  EXPECT_EQ(Got(officer_, trace_id_).state(), v1::TRACE_STATE_WITHDRAWN);
  austria_->Plays([](const adapter::v1::FindRequest& question) {
    adapter::v1::FindResponse response;
    if (question.has_withdrawal()) response.mutable_withdrawn();
    return response;
  });
  timers_->Advance(absl::Hours(1));
  AwaitClosed();
  EXPECT_EQ(Got(officer_, trace_id_).hops(0).state(), v1::HOP_STATE_WITHDRAWN);
}

TEST_F(Asker, KeepsAnAnswerThatCrossedItsWithdrawal) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  timers_->Advance(absl::Minutes(20));
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  Checked(Withdraws(""));
  austria_->Answer(AnswerOf(v1::OUTCOME_LAST_HOLDER_IDENTIFIED));
  AwaitClosed();
  const v1::Trace ended = Got(officer_, trace_id_);
  EXPECT_EQ(ended.state(), v1::TRACE_STATE_WITHDRAWN);
  EXPECT_EQ(ended.hops(0).answer().outcome(), v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
}

TEST_F(Asker, SeeksClarificationOfARefusalThoughTheTraceHasEnded) {
  Refuses();
  const v1::Trace refused = Got(officer_, trace_id_);
  ASSERT_EQ(refused.state(), v1::TRACE_STATE_REFUSED);
  v1::Clarification clarification;
  clarification.set_question("until when?");
  *clarification.mutable_ask_time() = ToTimestamp(timers_->Now());
  austria_->Plays([&](const auto&) {
    *clarifications_.Add() = clarification;
    return Pending();
  });
  const v1::Trace asked =
      Checked(Wait(Act(officer_, Asking("until when?"), &SeekClarification, true)));
  EXPECT_EQ(asked.state(), v1::TRACE_STATE_CLARIFICATION_REQUESTED);
  EXPECT_EQ(asked.hops(0).answer().SerializeAsString(),
            refused.hops(0).answer().SerializeAsString());
  const absl::Status twice =
      Wait(Act(officer_, Asking("and why?"), &SeekClarification, true)).status();
  EXPECT_EQ(ReasonOf(twice), v1::REASON_TRACE_STATE);

  austria_->Plays([&](const adapter::v1::FindRequest& question) {
    adapter::v1::FindResponse found = Refusing();
    *found.mutable_answer()->mutable_clarifications() = question.clarifications();
    auto& clarified = *found.mutable_answer()->mutable_clarifications(0);
    clarified.set_clarification("until the trial, in May");
    *clarified.mutable_answer_time() = ToTimestamp(timers_->Now());
    return found;
  });
  timers_->Advance(absl::Minutes(20));
  AwaitClosed();
  const v1::Trace clarified = Got(officer_, trace_id_);
  EXPECT_EQ(clarified.state(), v1::TRACE_STATE_REFUSED);
  EXPECT_EQ(clarified.hops(0).clarifications(0).clarification(), "until the trial, in May");
  EXPECT_EQ(clarified.hops(0).answer().SerializeAsString(),
            refused.hops(0).answer().SerializeAsString());
  EXPECT_GT(clarified.revision(), refused.revision());
  EXPECT_TRUE(clarified.has_receipt());
}

TEST_F(Asker, EndsAgainWhereTheStateAskedDoesNotClarify) {
  Refuses();
  austria_->Plays([](const auto&) { return Failure(v1::REASON_PEER_REFUSED, "no"); });
  Checked(Wait(Act(officer_, Asking("until when?"), &SeekClarification, true)));
  AwaitClosed();
  const v1::Trace ended = Got(officer_, trace_id_);
  EXPECT_EQ(ended.state(), v1::TRACE_STATE_REFUSED);
  EXPECT_EQ(ended.hops(0).clarifications(0).clarification(), "");
  EXPECT_TRUE(ended.hops(0).clarifications(0).has_answer_time());
  EXPECT_EQ(ended.hops(0).failure().reason(), v1::REASON_PEER_REFUSED);
}

TEST_F(Asker, SeeksClarificationOfAGroundAlone) {
  const absl::Status early = Wait(Act(officer_, Asking("why?"), &SeekClarification, true)).status();
  EXPECT_EQ(ReasonOf(early), v1::REASON_TRACE_STATE);
  Refuses();
  EXPECT_EQ(ReasonOf(Wait(Act(officer_, Asking(""), &SeekClarification, true)).status()),
            v1::REASON_FIELD_REQUIRED);
  v1::RequestClarificationRequest request = Asking("why?");
  request.set_hop_number(2);
  const absl::Status wrong = Wait(Act(officer_, request, &SeekClarification, true)).status();
  EXPECT_EQ(ReasonOf(wrong), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(Got(officer_, trace_id_).state(), v1::TRACE_STATE_REFUSED) << "nothing has changed";
  EXPECT_EQ(tracer_->open_traces(), 0);
  request.set_hop_number(1);
  Checked(Wait(Act(officer_, request, &SeekClarification, true)));
}

TEST_F(Asker, TakesNoStepOfAnEndedTraceButAQuestionAboutItsGround) {
  Refuses();
  EXPECT_EQ(ReasonOf(Wait(Act(officer_, Saying("more"), &Supplement)).status()),
            v1::REASON_TRACE_STATE);
  EXPECT_EQ(ReasonOf(Withdraws("").status()), v1::REASON_TRACE_STATE);
}

// Argentina's gateway has asked Brazil's desk.
class Asked : public TracingHouse {
 protected:
  void SetUp() override {
    brazil_->Plays([this](const auto&) {
      adapter::v1::FindResponse response;
      *response.mutable_pending()->mutable_ask_again_time() =
          ToTimestamp(timers_->Now() + absl::Hours(6));
      v1::DeskWork& desk = *response.mutable_pending()->mutable_desk();
      *desk.mutable_receive_time() = ToTimestamp(timers_->Now());
      *desk.mutable_answer_by() = ToTimestamp(timers_->Now() + absl::Hours(5));
      return response;
    });
    Start();
    request_ = ExampleRequest("AR");
    request_.set_to_state("BR");
    request_.mutable_requesting_agency()->set_state("AR");
    request_.mutable_requesting_agency()->set_name("policia-federal-argentina");
    trace_id_ = Checked(AskAgain()).trace_id();
  }

  Reply AskAgain() {
    auto reply =
        Create(argentine_gateway_, "request-1", request_, timers_->Now() + absl::Seconds(10));
    timers_->Advance(absl::Seconds(10));
    return Wait(std::move(reply));
  }

  v1::SupplementTraceRequest SupplementNo(int number) {
    v1::SupplementTraceRequest request;
    request.set_trace_id(trace_id_);
    request.set_message("DE 19");
    request.set_number(number);
    request.mutable_agency()->set_name("policia-federal-argentina");
    return request;
  }

  v1::RequestClarificationRequest ClarificationNo(int number) {
    v1::RequestClarificationRequest request;
    request.set_trace_id(trace_id_);
    request.set_question("until when?");
    request.set_number(number);
    request.mutable_agency()->set_name("policia-federal-argentina");
    return request;
  }

  Reply WantsMore() {
    v1::RequestInformationRequest request;
    request.set_trace_id(trace_id_);
    request.set_message("which import mark?");
    return Wait(Act(officer_, request, &WantInformation));
  }

  Reply Refuses() {
    v1::RefuseTraceRequest request;
    request.set_trace_id(trace_id_);
    request.set_legal_ground(v1::LEGAL_GROUND_NATIONAL_SECURITY);
    return Wait(Act(officer_, request, &Refuse));
  }

  Reply Clarifies(const std::string& text) {
    v1::ClarifyTraceRequest request;
    request.set_trace_id(trace_id_);
    request.set_clarification(text);
    return Wait(Act(officer_, request, &Clarify));
  }

  Reply Withdraws(const std::string& request_id) {
    v1::WithdrawTraceRequest request;
    request.set_request_id(request_id);
    request.mutable_agency()->set_name("policia-federal-argentina");
    TraceStep step;
    step.method = "/a/Method";
    step.request_bytes = request.SerializeAsString();
    step.act = [request](const tracegate::Act& act) { return Withdraw(request, act); };
    auto promise = std::make_shared<std::promise<Reply>>();
    tracer_->Withdraw(argentine_gateway_, request, std::move(step),
                      [promise](Reply reply) { promise->set_value(std::move(reply)); });
    return Wait(promise->get_future());
  }

  v1::TraceRequest request_;
  std::string trace_id_;
};

TEST_F(Asked, TakesASupplementOnceAndItsClocksGoOnByAsMuchAsTheyStood) {
  const v1::Trace before = Checked(WantsMore());
  timers_->Advance(absl::Hours(2));
  const v1::Trace after = Checked(Wait(Act(argentine_gateway_, SupplementNo(1), &Supplement)));
  EXPECT_EQ(after.state(), v1::TRACE_STATE_ACKNOWLEDGED);
  EXPECT_EQ(after.supplements(0).agency().name(), "policia-federal-argentina");
  EXPECT_EQ(after.supplements(0).agency().state(), "AR");
  EXPECT_EQ(FromTimestamp(after.hops(0).desk().answer_by()) -
                FromTimestamp(before.hops(0).desk().answer_by()),
            absl::Hours(2));
  const v1::Trace again = Checked(Wait(Act(argentine_gateway_, SupplementNo(1), &Supplement)));
  EXPECT_EQ(again.supplements_size(), 1) << "told twice, taken once";
  EXPECT_EQ(ReasonOf(Wait(Act(argentine_gateway_, SupplementNo(3), &Supplement)).status()),
            v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Wait(Act(officer_, SupplementNo(2), &Supplement)).status()),
            v1::REASON_STATE_MISMATCH);
  EXPECT_EQ(Checked(AskAgain()).supplements_size(), 1);
}

TEST_F(Asked, TakesASupplementThatComesAfterTheOfficerWentOn) {
  Checked(WantsMore());
  v1::DelayTraceRequest delay;
  delay.set_trace_id(trace_id_);
  delay.set_legal_ground(v1::LEGAL_GROUND_CONFIDENTIALITY_LAW);
  *delay.mutable_until() = ToTimestamp(timers_->Now() + absl::Hours(3));
  Checked(Wait(Act(officer_, delay, &Delay)));
  EXPECT_EQ(Checked(Wait(Act(argentine_gateway_, SupplementNo(1), &Supplement))).state(),
            v1::TRACE_STATE_DELAYED);
}

TEST_F(Asked, ClarifiesARefusalAndTheAnswerStaysAsItWas) {
  EXPECT_EQ(ReasonOf(Clarifies("so").status()), v1::REASON_TRACE_STATE);
  Checked(Refuses());
  AwaitClosed();
  const v1::Trace refused = Got(argentine_gateway_, trace_id_);
  const v1::Trace asked =
      Checked(Wait(Act(argentine_gateway_, ClarificationNo(1), &SeekClarification, true)));
  EXPECT_EQ(asked.state(), v1::TRACE_STATE_CLARIFICATION_REQUESTED);
  EXPECT_EQ(Checked(AskAgain()).state(), v1::TRACE_STATE_CLARIFICATION_REQUESTED);
  Checked(Wait(Act(argentine_gateway_, ClarificationNo(1), &SeekClarification, true)));
  Stop();
  Start();
  ASSERT_TRUE(tracer_->Resume().ok());
  EXPECT_EQ(ReasonOf(Clarifies("").status()), v1::REASON_FIELD_REQUIRED);
  Checked(Clarifies("until the trial"));
  AwaitClosed();
  const v1::Trace ended = Checked(AskAgain());
  EXPECT_EQ(ended.state(), v1::TRACE_STATE_REFUSED);
  ASSERT_EQ(ended.hops(0).clarifications_size(), 1);
  EXPECT_EQ(ended.hops(0).clarifications(0).clarification(), "until the trial");
  EXPECT_EQ(ended.hops(0).clarifications(0).responding_agency().name(), "policia-federal");
  EXPECT_EQ(ended.hops(0).answer().SerializeAsString(),
            refused.hops(0).answer().SerializeAsString());
}

TEST_F(Asked, NeedsNotClarifyADelayOnceItHasAnswered) {
  v1::DelayTraceRequest delay;
  delay.set_trace_id(trace_id_);
  delay.set_legal_ground(v1::LEGAL_GROUND_CONFIDENTIALITY_LAW);
  *delay.mutable_until() = ToTimestamp(timers_->Now() + absl::Hours(3));
  Checked(Wait(Act(officer_, delay, &Delay)));
  const v1::Trace asked =
      Checked(Wait(Act(argentine_gateway_, ClarificationNo(1), &SeekClarification, true)));
  EXPECT_EQ(asked.state(), v1::TRACE_STATE_CLARIFICATION_REQUESTED);
  v1::AnswerTraceRequest answer;
  answer.set_trace_id(trace_id_);
  answer.mutable_answer()->set_outcome(v1::OUTCOME_NO_RECORD);
  Checked(Wait(Act(officer_, answer, &AnswerByHand)));
  AwaitClosed();
  EXPECT_EQ(Checked(AskAgain()).state(), v1::TRACE_STATE_ANSWERED);
}

TEST_F(Asked, LetsGoOfAQuestionThatIsTakenBack) {
  const v1::Trace withdrawn = Checked(Withdraws("request-1"));
  EXPECT_EQ(withdrawn.state(), v1::TRACE_STATE_WITHDRAWN);
  EXPECT_EQ(withdrawn.hops(0).state(), v1::HOP_STATE_WITHDRAWN);
  AwaitClosed();
  EXPECT_EQ(ReasonOf(Refuses().status()), v1::REASON_TRACE_STATE);
  EXPECT_EQ(Checked(Withdraws("request-1")).state(), v1::TRACE_STATE_WITHDRAWN) << "a repeat";
  EXPECT_EQ(ReasonOf(Withdraws("request-2").status()), v1::REASON_TRACE_NOT_FOUND);
}

TEST_F(Asked, GivesItsAnswerToAWithdrawalThatCameTooLate) {
  Checked(Refuses());
  AwaitClosed();
  EXPECT_EQ(Checked(Withdraws("request-1")).state(), v1::TRACE_STATE_REFUSED);
}

TEST_F(Asked, TakesStepsOfTheAskersGatewayAlone) {
  v1::SupplementTraceRequest nameless = SupplementNo(1);
  nameless.clear_agency();
  EXPECT_EQ(ReasonOf(Wait(Act(argentine_gateway_, nameless, &Supplement)).status()),
            v1::REASON_FIELD_REQUIRED);
  const Caller other = ExampleCaller("AT", "gateway", Role::kPeer);
  EXPECT_EQ(ReasonOf(Wait(Act(other, SupplementNo(1), &Supplement)).status()),
            v1::REASON_TRACE_NOT_FOUND);
}

}  // namespace
}  // namespace tracegate

#include <future>
#include <memory>
#include <string>

#include "gateway/tracing/asker_step.h"
#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

// Argentina's gateway was answered; what it does to that trace later.
class AnsweredPeer : public TracingHouse {
 protected:
  void SetUp() override {
    Start();
    v1::TraceRequest request = ExampleRequest("AR");
    request.set_to_state("BR");
    request.mutable_requesting_agency()->set_state("AR");
    request.mutable_requesting_agency()->set_name("policia-federal-argentina");
    answered_ = Checked(Wait(Create(argentine_gateway_, "request-1", request)));
    ASSERT_TRUE(answered_.hops(0).has_answer());
    AwaitClosed();
  }

  void EndAgreements() { book_.Replace(*AgreementBook::Create({})); }

  Reply TakeBack() {
    v1::WithdrawTraceRequest request;
    request.set_request_id("request-1");
    auto promise = std::make_shared<std::promise<Reply>>();
    tracer_->Withdraw(argentine_gateway_, request, TraceStep(),
                      [promise](Reply reply) { promise->set_value(std::move(reply)); });
    return Wait(promise->get_future());
  }

  Reply SeekMore() {
    v1::RequestClarificationRequest request;
    request.set_question("Until when?");
    request.set_number(1);
    request.mutable_agency()->set_name("policia-federal-argentina");
    TraceStep step;
    step.trace_id = answered_.trace_id();
    step.reopens = true;
    step.act = [request](const tracegate::Act& act) { return SeekClarification(request, act); };
    auto promise = std::make_shared<std::promise<Reply>>();
    tracer_->Do(argentine_gateway_, step,
                [promise](Reply reply) { promise->set_value(std::move(reply)); });
    return Wait(promise->get_future());
  }

  v1::Trace answered_;
};

TEST_F(AnsweredPeer, IsToldTheAnswerAgainWhereItTakesTheQuestionBackTooLate) {
  EXPECT_EQ(Checked(TakeBack()).hops(0).answer().outcome(), answered_.hops(0).answer().outcome());
}

TEST_F(AnsweredPeer, IsToldNothingWhereTheAgreementHasEndedMeanwhile) {
  EndAgreements();
  EXPECT_EQ(ReasonOf(TakeBack().status()), v1::REASON_NO_AGREEMENT);
  EXPECT_EQ(ReasonOf(SeekMore().status()), v1::REASON_NO_AGREEMENT);
}

TEST_F(AnsweredPeer, IsToldThatNoGroundWasGivenWhileTheAgreementStands) {
  EXPECT_EQ(ReasonOf(SeekMore().status()), v1::REASON_TRACE_STATE);
}

}  // namespace
}  // namespace tracegate

#include <string>

#include "gateway/tracing/metering.h"
#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

// Argentina's gateway asks Brazil's.
class TracerIncoming : public TracingHouse {
 protected:
  static v1::TraceRequest ArgentineRequest() {
    v1::TraceRequest request = ExampleRequest("AR");
    request.set_to_state("BR");
    request.mutable_requesting_agency()->set_state("AR");
    request.mutable_requesting_agency()->set_name("policia-federal-argentina");
    return request;
  }

  v1::Reason Refusal(const v1::TraceRequest& request) {
    return ReasonOf(Wait(Create(argentine_gateway_, "request-1", request)).status());
  }
};

TEST_F(TracerIncoming, IsAnsweredFromItsOwnRegistryAloneAndCutToTheAgreement) {
  v1::RegistryRecord record = ExampleRecord();
  record.mutable_holder()->set_name("Maria Example");
  v1::LifeEvent* event = record.add_events();
  event->set_kind(v1::LIFE_EVENT_KIND_EXPORT);
  event->set_to_state("AT");
  event->mutable_to_party()->set_name("Example GmbH");
  brazil_->Plays([&](const auto&) { return RecordsOf(record); });
  Start();
  const v1::Trace trace =
      Checked(Wait(Create(argentine_gateway_, "request-1", ArgentineRequest())));
  ASSERT_EQ(trace.hops_size(), 1);
  const v1::Hop& hop = trace.hops(0);
  EXPECT_EQ(hop.agreement_id(), "AR-asks-BR");
  EXPECT_EQ(hop.answer().outcome(), v1::OUTCOME_TRANSFERRED_TO_STATE);
  EXPECT_EQ(hop.answer().next_state(), "");
  ASSERT_EQ(hop.answer().candidates_size(), 1);
  const v1::RegistryRecord& told = hop.answer().candidates(0).record();
  EXPECT_EQ(told.firearm().serial_number(), "ABC123");
  EXPECT_FALSE(told.firearm().has_manufacturer());
  EXPECT_FALSE(told.has_holder());
  EXPECT_EQ(told.events(0).kind(), v1::LIFE_EVENT_KIND_EXPORT);
  EXPECT_THAT(hop.answer().withheld_fields(),
              testing::IsSupersetOf({"holder", "next_state", "record_number", "events.to_state"}));
  v1::Trace without_receipt = trace;
  without_receipt.clear_receipt();
  const std::string bytes = without_receipt.SerializeAsString();
  for (const char* secret : {"Maria", "GmbH", "R-1"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
  EXPECT_TRUE(austria_->asked().empty());
  EXPECT_TRUE(Entries(v1::ENTRY_KIND_HOP_ASKED).empty());
}

TEST_F(TracerIncoming, CutsWhatAnAuthorityOfThisHouseAnswersItself) {
  brazil_->Plays([](const auto&) {
    auto found = AnswerOf(v1::OUTCOME_TRANSFERRED_TO_STATE, "AT");
    v1::RegistryRecord* record =
        found.mutable_answer()->mutable_answer()->add_candidates()->mutable_record();
    record->mutable_holder()->set_name("Maria Example");
    return found;
  });
  Start();
  const v1::Trace trace =
      Checked(Wait(Create(argentine_gateway_, "request-1", ArgentineRequest())));
  const v1::Answer& answer = trace.hops(0).answer();
  EXPECT_EQ(answer.next_state(), "");
  EXPECT_FALSE(answer.candidates(0).record().has_holder());
  EXPECT_THAT(answer.withheld_fields(), testing::IsSupersetOf({"holder", "next_state"}));
}

TEST_F(TracerIncoming, ShowsTheSameCutToThePeerThatAsksForItAgain) {
  v1::RegistryRecord record = ExampleRecord();
  record.mutable_holder()->set_name("Maria Example");
  brazil_->Plays([&](const auto&) { return RecordsOf(record); });
  Start();
  const v1::Trace trace =
      Checked(Wait(Create(argentine_gateway_, "request-1", ArgentineRequest())));
  AwaitClosed();
  const v1::Trace again = Got(argentine_gateway_, trace.trace_id());
  EXPECT_EQ(again.SerializeAsString(), trace.SerializeAsString());
  EXPECT_FALSE(again.hops(0).answer().candidates(0).record().has_holder());
}

TEST_F(TracerIncoming, IsRefusedPastTheAgreementsQuotaAndARepeatedQuestionIsNotCounted) {
  agreements_.back().mutable_quota()->set_per_day(1);
  Start();
  const auto first = Wait(Create(argentine_gateway_, "request-1", ArgentineRequest()));
  Checked(first);
  AwaitClosed();
  v1::TraceRequest other = ArgentineRequest();
  other.mutable_item()->mutable_weapon()->set_serial_number("ABC124");
  EXPECT_EQ(ReasonOf(Wait(Create(argentine_gateway_, "request-2", other)).status()),
            v1::REASON_QUOTA_EXCEEDED);
  EXPECT_EQ(*Wait(Create(argentine_gateway_, "request-1", ArgentineRequest())), *first);
  EXPECT_EQ(brazil_->asked().size(), 1u);
}

TEST_F(TracerIncoming, GetsNoSecondDayOfQuotaFromARestart) {
  agreements_.back().mutable_quota()->set_per_day(2);
  Start();
  Checked(Wait(Create(argentine_gateway_, "request-1", ArgentineRequest())));
  AwaitClosed();
  EXPECT_EQ(Entries(v1::ENTRY_KIND_REQUEST_RECEIVED).at(0).agreement_id(), "AR-asks-BR");
  EXPECT_EQ(Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED).at(0).agreement_id(), "AR-asks-BR");
  Stop();
  Start();
  PairQuota fresh;  // as a new process has it
  house_.quota = &fresh;
  tracer_ = std::make_unique<Tracer>(house_, limits_);
  ASSERT_TRUE(tracer_->Resume().ok());
  EXPECT_EQ(fresh.UsedToday("AR-asks-BR", timers_->Now()), 1);
  v1::TraceRequest other = ArgentineRequest();
  other.mutable_item()->mutable_weapon()->set_serial_number("ABC124");
  Checked(Wait(Create(argentine_gateway_, "request-2", other)));
  other.mutable_item()->mutable_weapon()->set_serial_number("ABC125");
  EXPECT_EQ(ReasonOf(Wait(Create(argentine_gateway_, "request-3", other)).status()),
            v1::REASON_QUOTA_EXCEEDED);
  timers_->Advance(absl::Hours(24));
  PairQuota next_day;
  ASSERT_TRUE(RestoreQuota(store_.get(), timers_->Now(), &next_day).ok());
  EXPECT_EQ(next_day.UsedToday("AR-asks-BR", timers_->Now()), 0);
}

TEST_F(TracerIncoming, IsSlowedWhereItWalksThroughTheRegistryAndComplianceIsTold) {
  config::v1::HarvestGuard strict = GuardConfig();
  strict.set_requests_min(20);
  harvest_guard_.Configure(strict);
  Start();
  v1::Reason last = v1::REASON_UNSPECIFIED;
  int answered = 0;
  for (int i = 0; i < 40 && last == v1::REASON_UNSPECIFIED; ++i) {
    v1::TraceRequest request = ArgentineRequest();
    request.mutable_item()->mutable_weapon()->set_serial_number("ABC" + std::to_string(100 + i));
    const auto reply = Wait(Create(argentine_gateway_, "request-" + std::to_string(i), request));
    if (reply.ok()) {
      ++answered;
    } else {
      last = ReasonOf(reply.status());
    }
    AwaitClosed();
  }
  EXPECT_EQ(last, v1::REASON_HARVEST_SUSPECTED);
  EXPECT_GE(answered, 20);
  ASSERT_EQ(suspicions_.size(), 1u);
  EXPECT_EQ(suspicions_[0].asking_state(), "AR");
  Checked(Wait(Ask()));  // stands behind it in the log
  EXPECT_EQ(Entries(v1::ENTRY_KIND_HARVEST_SUSPECTED).size(), 1u);
}

TEST_F(TracerIncoming, MustNameAStateThatIsServedHere) {
  Start();
  v1::TraceRequest request = ArgentineRequest();
  request.clear_to_state();
  EXPECT_EQ(Refusal(request), v1::REASON_FIELD_REQUIRED);
  request.set_to_state("AT");  // known here, as a peer
  EXPECT_EQ(Refusal(request), v1::REASON_STATE_NOT_SERVED);
  request.set_to_state("CL");
  EXPECT_EQ(Refusal(request), v1::REASON_STATE_NOT_SERVED);
  EXPECT_TRUE(brazil_->asked().empty());
  EXPECT_TRUE(austria_->asked().empty());
}

TEST_F(TracerIncoming, NeedsAnAgreementTheRightWayRound) {
  agreements_.pop_back();  // AR asks BR; BR asks AR stays
  Start();
  EXPECT_EQ(Refusal(ArgentineRequest()), v1::REASON_NO_AGREEMENT);
  EXPECT_TRUE(brazil_->asked().empty());
}

TEST_F(TracerIncoming, MustSpeakForItsOwnStateAndNameTheAgency) {
  Start();
  v1::TraceRequest request = ArgentineRequest();
  request.mutable_requesting_agency()->set_state("AT");
  EXPECT_EQ(Refusal(request), v1::REASON_STATE_MISMATCH);
  request = ArgentineRequest();
  request.mutable_requesting_agency()->clear_name();
  EXPECT_EQ(Refusal(request), v1::REASON_FIELD_REQUIRED);
  request = ArgentineRequest();
  request.mutable_recovery()->set_state("BR");
  EXPECT_EQ(Refusal(request), v1::REASON_STATE_MISMATCH);
}

TEST_F(TracerIncoming, IsNoWayInForOfficersOfAnotherState) {
  Start();
  const Caller officer = ExampleCaller("AR", "policia", Role::kRegistry);
  EXPECT_EQ(ReasonOf(Wait(Create(officer, "request-1", ExampleRequest("AR"))).status()),
            v1::REASON_STATE_MISMATCH);
}

TEST_F(TracerIncoming, IsSeenByThePeerThatAskedAndByTheStateAskedAndByNobodyElse) {
  Start();
  const std::string id =
      Checked(Wait(Create(argentine_gateway_, "request-1", ArgentineRequest()))).trace_id();
  AwaitClosed();
  EXPECT_TRUE(tracer_->Get(argentine_gateway_, id).ok());
  EXPECT_TRUE(tracer_->Get(officer_, id).ok());
  for (const Caller& stranger : {ExampleCaller("AT", "gateway", Role::kPeer),
                                 ExampleCaller("AT", "polizei", Role::kRegistry),
                                 ExampleCaller("AR", "other-gateway", Role::kPeer)}) {
    EXPECT_EQ(ReasonOf(tracer_->Get(stranger, id).status()), v1::REASON_TRACE_NOT_FOUND);
    EXPECT_EQ(ReasonOf(tracer_->Watch(stranger, id, 0, {[](const auto&, bool) { FAIL(); }})),
              v1::REASON_TRACE_NOT_FOUND);
  }
  EXPECT_EQ(ReasonOf(tracer_->Get(officer_, "").status()), v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(ReasonOf(tracer_->Get(officer_, "none").status()), v1::REASON_TRACE_NOT_FOUND);
}

}  // namespace
}  // namespace tracegate

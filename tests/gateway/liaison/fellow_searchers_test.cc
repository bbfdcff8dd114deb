#include "gateway/liaison/fellow_searchers.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gateway/tracing/tracer.h"
#include "tests/gateway/liaison/liaison_fixture.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// The house of the fixture, which traces too.
class FellowSearchersTest : public LiaisonFixture {
 protected:
  FellowSearchersTest() {
    agreements_.push_back(ExampleAgreement("UY", "BR"));
    limits_.open_traces_max = 100;
    limits_.hops_max = 12;
    limits_.expiry = absl::Hours(24);
    limits_.retry_first = absl::Seconds(5);
    limits_.retry_max = absl::Minutes(10);
    limits_.reply_wait_max = absl::Hours(1);
    uruguay_->Plays([](const auto&) { return RecordsOf(ExampleRecord("UY-1")); });
  }

  void TearDown() override { StopAll(); }

  void StartAll() {
    Start();
    tracer_ = std::make_unique<Tracer>(house_, limits_);
  }

  void StopAll() {
    if (tracer_) tracer_->Drain();
    Stop();
    tracer_.reset();
  }

  config::v1::Agreement& Agreement(const std::string& asking, const std::string& answering) {
    for (auto& agreement : agreements_) {
      if (agreement.id() == asking + "-asks-" + answering) return agreement;
    }
    ADD_FAILURE() << "there is no agreement of " << asking << " with " << answering;
    return agreements_[0];
  }

  std::future<Reply> Tracing(const Caller& caller, const v1::TraceRequest& request) {
    v1::CreateTraceRequest create;
    create.set_request_id("request-" + std::to_string(++requests_));
    *create.mutable_request() = request;
    auto promise = std::make_shared<std::promise<Reply>>();
    tracer_->Create(caller, create, create.SerializeAsString(), absl::InfiniteFuture(),
                    [promise](Reply reply) { promise->set_value(std::move(reply)); });
    return promise->get_future();
  }

  // An officer of that agency traces the pistol, and has the answer.
  v1::Trace Traced(const std::string& state, const std::string& agency) {
    return Traced(ExampleCaller(state, agency, Role::kRegistry), ExampleRequest(state));
  }
  v1::Trace Traced(const Caller& caller, const v1::TraceRequest& request) {
    const Reply reply = Wait(Tracing(caller, request));
    v1::Trace trace;
    EXPECT_TRUE(reply.ok()) << reply.status();
    EXPECT_TRUE(reply.ok() && trace.ParseFromString(*reply));
    return trace;
  }

  // As Argentina's gateway asks for an agency there.
  static v1::TraceRequest RequestFromArgentina() {
    v1::TraceRequest request = ExampleRequest("AR");
    request.set_to_state("BR");
    request.mutable_requesting_agency()->set_state("AR");
    request.mutable_requesting_agency()->set_name("gendarmeria");
    return request;
  }

  // Looks at whatever was asked, and gives what was told so far.
  std::vector<v1::HitNotice> Told() {
    timers_->Advance(absl::ZeroDuration());
    Settle();
    return NoticesOf(v1::HIT_SIDE_FELLOW_SEARCHER);
  }

  // "BR/pf <- BR/pc": who was told of whom, in order.
  std::vector<std::string> WhoWasTold() {
    std::vector<std::string> pairs;
    for (const v1::HitNotice& notice : Told()) {
      EXPECT_THAT(notice.hit().handling().recipients(), SizeIs(1));
      pairs.push_back(notice.hit().handling().recipients(0) + " <- " + notice.searcher().state() +
                      "/" + notice.searcher().name());
    }
    return pairs;
  }

  TracingLimits limits_;
  std::unique_ptr<Tracer> tracer_;
  int requests_ = 0;
};

TEST_F(FellowSearchersTest, OfOneStateAreToldOfEachOther) {
  StartAll();
  const v1::Trace first = Traced("BR", "policia-federal");
  EXPECT_THAT(WhoWasTold(), IsEmpty());
  const v1::Trace second = Traced("BR", "policia-civil");
  EXPECT_THAT(WhoWasTold(), ElementsAre("BR/policia-civil <- BR/policia-federal",
                                        "BR/policia-federal <- BR/policia-civil"));
  const auto notices = Told();
  EXPECT_EQ(notices[0].trace_id(), second.trace_id());
  EXPECT_EQ(notices[1].trace_id(), first.trace_id());
  EXPECT_EQ(notices[1].searcher_contact().email(), "armas@br.example");
  EXPECT_TRUE(notices[1].hit().needs_confirmation());
  EXPECT_EQ(notices[1].record_number(), "");
}

TEST_F(FellowSearchersTest, HearOfItByWatchingAndNobodyElseDoes) {
  StartAll();
  const auto federal = Watch(officer_);
  const auto civil = Watch(colleague_);
  const auto third = Watch(ExampleCaller("BR", "receita", Role::kLiaison));
  const auto abroad = Watch(ExampleCaller("UY", "policia", Role::kLiaison));
  Traced("BR", "policia-federal");
  Traced("BR", "policia-civil");
  Told();
  ASSERT_THAT(federal->Await(1), SizeIs(1));
  ASSERT_THAT(civil->Await(1), SizeIs(1));
  EXPECT_EQ(EventsOf(federal->told())[0].hit().searcher().name(), "policia-civil");
  EXPECT_EQ(EventsOf(civil->told())[0].hit().searcher().name(), "policia-federal");
  EXPECT_THAT(third->told(), IsEmpty());
  EXPECT_THAT(abroad->told(), IsEmpty());
}

TEST_F(FellowSearchersTest, AreNoFellowsOfThemselves) {
  StartAll();
  Traced("BR", "policia-federal");
  Traced("BR", "policia-federal");
  EXPECT_THAT(WhoWasTold(), IsEmpty());
}

TEST_F(FellowSearchersTest, OfTwoStatesAreToldWhereBothAgreementsLetThem) {
  Agreement("BR", "UY").set_deconflict(true);
  Agreement("UY", "BR").set_deconflict(true);
  Agreement("UY", "BR").add_handling(v1::HANDLING_CODE_H2);
  StartAll();
  Traced("BR", "policia-federal");
  const v1::Trace second = Traced("UY", "policia");
  EXPECT_THAT(WhoWasTold(),
              ElementsAre("UY/policia <- BR/policia-federal", "BR/policia-federal <- UY/policia"));
  const v1::HitNotice told = Told()[0];
  EXPECT_EQ(told.trace_id(), second.trace_id());
  EXPECT_THAT(told.hit().handling().codes(), ElementsAre(v1::HANDLING_CODE_H2));
  EXPECT_THAT(EventsOf(Watch(ExampleCaller("UY", "policia", Role::kLiaison))->Await(1)), SizeIs(1));
}

TEST_F(FellowSearchersTest, OfTwoStatesAreToldNothingWhereOneAgreementLacks) {
  for (const auto& [here, there] :
       {std::pair(false, false), std::pair(true, false), std::pair(false, true)}) {
    Agreement("BR", "UY").set_deconflict(here);
    Agreement("UY", "BR").set_deconflict(there);
    StartAll();
    Traced("BR", "policia-federal");
    Traced("UY", "policia");
    Traced("BR", "policia-federal");
    EXPECT_THAT(WhoWasTold(), IsEmpty()) << here << there;
    StopAll();
  }
}

TEST_F(FellowSearchersTest, AreToldNothingForAUseOrAGuaranteeThatTheAgreementDoesNotCover) {
  Agreement("BR", "UY").set_deconflict(true);
  Agreement("UY", "BR").set_deconflict(true);
  Agreement("UY", "BR").set_requires_confidentiality(true);
  StartAll();
  const Caller uruguayan = ExampleCaller("UY", "policia", Role::kRegistry);
  Traced("BR", "policia-federal");
  auto request = ExampleRequest("UY");
  request.set_intended_use(v1::INTENDED_USE_PROSECUTION);
  Traced(uruguayan, request);
  request = ExampleRequest("UY");
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  request.set_confidentiality_note("the court is public");
  Traced(uruguayan, request);
  EXPECT_THAT(WhoWasTold(), IsEmpty());
  Traced(uruguayan, ExampleRequest("UY"));
  EXPECT_THAT(WhoWasTold(), SizeIs(2));
}

TEST_F(FellowSearchersTest, AreToldNothingThatTheAgreementsRecipientsMayNotRead) {
  Agreement("BR", "UY").set_deconflict(true);
  Agreement("UY", "BR").set_deconflict(true);
  Agreement("UY", "BR").add_recipients("UY/interpol");
  StartAll();
  Traced("BR", "policia-federal");
  Traced("UY", "policia");
  EXPECT_THAT(WhoWasTold(), IsEmpty());
  Traced("UY", "interpol");
  EXPECT_THAT(WhoWasTold(), SizeIs(4));  // and the two of Uruguay of each other
}

TEST_F(FellowSearchersTest, OfThisHouseAreToldOfAnotherStatesByTheQuestionOfItsGateway) {
  Agreement("AR", "BR").set_deconflict(true);
  Agreement("BR", "AR").set_deconflict(true);
  StartAll();
  const v1::Trace own = Traced("BR", "policia-federal");
  Traced(argentine_gateway_, RequestFromArgentina());
  EXPECT_THAT(WhoWasTold(), ElementsAre("BR/policia-federal <- AR/gendarmeria"));
  EXPECT_EQ(Told()[0].trace_id(), own.trace_id());
  EXPECT_EQ(Told()[0].searcher_contact().agency().state(), "AR");
}

TEST_F(FellowSearchersTest, OfThisHouseAreToldOfWhatAGatewayAskedBefore) {
  Agreement("AR", "BR").set_deconflict(true);
  Agreement("BR", "AR").set_deconflict(true);
  StartAll();
  Traced(argentine_gateway_, RequestFromArgentina());
  Told();
  Traced("BR", "policia-federal");
  EXPECT_THAT(WhoWasTold(), ElementsAre("BR/policia-federal <- AR/gendarmeria"));
}

TEST_F(FellowSearchersTest, AreToldOfWhatAGatewayStillWaitsForAfterARestart) {
  Agreement("AR", "BR").set_deconflict(true);
  Agreement("BR", "AR").set_deconflict(true);
  StartAll();
  brazil_->Plays([](const auto&) { return std::nullopt; });
  auto waiting = Tracing(argentine_gateway_, RequestFromArgentina());
  ASSERT_TRUE(brazil_->AwaitUnanswered(1));
  StopAll();  // Argentina's gateway gets the trace in progress
  EXPECT_TRUE(Wait(std::move(waiting)).ok());
  brazil_->Plays([](const auto&) { return RecordsOf(ExampleRecord("BR-7")); });
  StartAll();
  Traced("BR", "policia-federal");
  EXPECT_THAT(WhoWasTold(), ElementsAre("BR/policia-federal <- AR/gendarmeria"));
}

// What a trace came to, without what differs between any two.
std::string Essence(v1::Trace trace) {
  trace.clear_trace_id();
  trace.clear_request_id();
  trace.clear_receipt();
  return absl::StrReplaceAll(trace.DebugString(),
                             {{trace.request().item().weapon().serial_number(), "SERIAL"}});
}

TEST_F(FellowSearchersTest, LearnNothingFromTheReplyWhetherTheyAreToldOrNot) {
  brazil_->Plays([](const adapter::v1::FindRequest& question) {
    v1::RegistryRecord record = ExampleRecord("BR-7");
    record.mutable_firearm()->set_serial_number(question.item().weapon().serial_number());
    return RecordsOf(record);
  });
  std::vector<std::string> replies;
  int serial = 100;
  for (const bool lets : {false, true}) {
    for (const bool traced_before : {false, true}) {
      Agreement("AR", "BR").set_deconflict(lets);
      Agreement("BR", "AR").set_deconflict(lets);
      StartAll();
      auto own = ExampleRequest();
      auto theirs = RequestFromArgentina();
      for (auto* request : {&own, &theirs}) {
        request->mutable_item()->mutable_weapon()->set_serial_number("KPZ" +
                                                                     std::to_string(serial));
      }
      ++serial;
      if (traced_before) Traced(ExampleCaller("BR", "policia-federal", Role::kRegistry), own);
      replies.push_back(Essence(Traced(argentine_gateway_, theirs)));
      // Nothing is looked at before the reply has left.
      EXPECT_THAT(NoticesOf(v1::HIT_SIDE_FELLOW_SEARCHER), IsEmpty());
      EXPECT_THAT(Told(), SizeIs(lets && traced_before ? 1 : 0));
      StopAll();
    }
  }
  for (const std::string& reply : replies) EXPECT_EQ(reply, replies[0]);
}

TEST_F(FellowSearchersTest, AreToldOfCrossChecksBeforeAndAfterTheirTrace) {
  StartAll();
  auto check = ExampleCheck();
  check.add_to_states("BR");
  const auto before = Words(officer_, check);
  const v1::Trace trace = Traced("BR", "policia-civil");
  ASSERT_THAT(WhoWasTold(), ElementsAre("BR/policia-civil <- BR/policia-federal",
                                        "BR/policia-federal <- BR/policia-civil"));
  EXPECT_EQ(Told()[1].cross_check_id(), before.at("BR").cross_check_id());
  const auto after = Words(ExampleCaller("BR", "receita", Role::kLiaison), check);
  ASSERT_THAT(WhoWasTold(), SizeIs(6));
  EXPECT_EQ(Told()[2].cross_check_id(), after.at("BR").cross_check_id());
  EXPECT_EQ(Told()[3].trace_id(), trace.trace_id());
}

TEST_F(FellowSearchersTest, InheritHowACheckMustBeTreated) {
  StartAll();
  Traced("BR", "policia-civil");
  auto check = ExampleCheck();
  check.add_to_states("BR");
  check.mutable_handling()->add_codes(v1::HANDLING_CODE_H1);
  Words(officer_, check);
  ASSERT_THAT(WhoWasTold(), ElementsAre("BR/policia-federal <- BR/policia-civil",
                                        "BR/policia-civil <- BR/policia-federal"));
  EXPECT_THAT(Told()[1].hit().handling().codes(), ElementsAre(v1::HANDLING_CODE_H1));
}

TEST_F(FellowSearchersTest, AreToldOfSubscriptionsThatStand) {
  StartAll();
  auto request = ExampleSubscribe();
  request.add_in_states("BR");
  const auto subscription = Subscribed(officer_, request);
  Traced("BR", "policia-civil");
  ASSERT_THAT(WhoWasTold(), ElementsAre("BR/policia-civil <- BR/policia-federal",
                                        "BR/policia-federal <- BR/policia-civil"));
  EXPECT_EQ(Told()[1].subscription_id(), subscription.subscription_id());
  StopAll();  // what was asked once is forgotten, what stands is not
  StartAll();
  Traced("BR", "receita");
  ASSERT_THAT(WhoWasTold(), SizeIs(6));
  timers_->Advance(absl::Hours(27));  // to ask again for a subscription is nothing new
  EXPECT_THAT(WhoWasTold(), SizeIs(6));
}

TEST_F(FellowSearchersTest, AreToldWhenTheySubscribeToWhatIsTracedAlready) {
  StartAll();
  const v1::Trace trace = Traced("BR", "policia-civil");
  auto request = ExampleSubscribe();
  request.add_in_states("BR");
  const auto subscription = Subscribed(officer_, request);
  ASSERT_THAT(WhoWasTold(), ElementsAre("BR/policia-federal <- BR/policia-civil",
                                        "BR/policia-civil <- BR/policia-federal"));
  EXPECT_EQ(Told()[0].subscription_id(), subscription.subscription_id());
  EXPECT_EQ(Told()[1].trace_id(), trace.trace_id());
}

TEST_F(FellowSearchersTest, AskAboutOneWeaponAlone) {
  StartAll();
  Traced("BR", "policia-federal");
  const Caller civil = ExampleCaller("BR", "policia-civil", Role::kRegistry);
  for (const auto& [serial, maker, fellows] :
       {std::tuple("ABC124", "Glock", 0u), std::tuple("ABC123", "Beretta", 0u),
        std::tuple("ABC12?", "Glock", 0u), std::tuple("abc-123", "GLOCK GmbH", 2u)}) {
    auto request = ExampleRequest();
    request.mutable_item()->mutable_weapon()->set_serial_number(serial);
    request.mutable_item()->mutable_weapon()->mutable_manufacturer()->set_verbatim(maker);
    Traced(civil, request);
    EXPECT_THAT(WhoWasTold(), SizeIs(fellows)) << serial << " " << maker;
  }
}

TEST_F(FellowSearchersTest, AreToldOfWhatWasAskedJustBeforeTheGatewayStops) {
  StartAll();
  Traced("BR", "policia-federal");
  Traced("BR", "policia-civil");
  StopAll();
  Start();
  EXPECT_THAT(NoticesOf(v1::HIT_SIDE_FELLOW_SEARCHER), SizeIs(2));
}

}  // namespace
}  // namespace tracegate

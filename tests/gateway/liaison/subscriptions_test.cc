#include "gateway/liaison/subscriptions.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/liaison/subscribe_request.h"
#include "gateway/tracing/timestamp.h"
#include "tests/gateway/liaison/liaison_fixture.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class SubscriptionsTest : public LiaisonFixture {
 protected:
  SubscriptionsTest() {
    argentina_->Plays([](const auto&) { return NoHitOf("AR"); });
  }

  v1::FailureDetail Refused(const Caller& caller, const v1::SubscribeRequest& request) {
    const Reply reply = Wait(Subscribing(caller, request));
    EXPECT_FALSE(reply.ok());
    return DetailOf(reply.status());
  }

  v1::SubscribeRequest Renewal(const std::string& id, absl::Duration from_now,
                               const std::string& request_id = "renewal-1") {
    v1::SubscribeRequest request;
    request.set_request_id(request_id);
    request.set_subscription_id(id);
    *request.mutable_expire_time() = ToTimestamp(timers_->Now() + from_now);
    return request;
  }

  // Lets the time pass, and waits until so many States have said something in all.
  void Pass(absl::Duration time, size_t words) {
    timers_->Advance(time);
    EXPECT_THAT(AwaitEntries(v1::ENTRY_KIND_HOP_ANSWERED, words), SizeIs(words));
    Settle();
  }

  std::vector<v1::SubscriptionState> StatesRecorded(size_t count) {
    std::vector<v1::SubscriptionState> states;
    for (const Entry& entry : AwaitEntries(v1::ENTRY_KIND_SUBSCRIPTION_CHANGED, count)) {
      v1::Subscription subscription;
      EXPECT_TRUE(subscription.ParseFromString(entry.content));
      states.push_back(subscription.state());
    }
    Settle();
    return states;
  }

  void EndAgreements() { book_.Replace(*AgreementBook::Create({})); }
};

TEST_F(SubscriptionsTest, AsksEveryStateAtOnceAndTellsAHitUnderItsId) {
  argentina_->Plays([](const auto&) { return HitOf("AR"); });
  Start();
  const v1::Subscription subscription = Subscribed(officer_, ExampleSubscribe());
  EXPECT_EQ(subscription.state(), v1::SUBSCRIPTION_STATE_ACTIVE);
  EXPECT_EQ(subscription.subscriber().name(), "policia-federal");
  EXPECT_THAT(subscription.subscription_id(), SizeIs(26));
  Pass(absl::ZeroDuration(), 3);
  ASSERT_THAT(argentina_->asked(), SizeIs(1));
  const v1::CrossCheckRequest asked = argentina_->asked()[0];
  EXPECT_EQ(asked.requesting_agency().name(), "policia-federal");
  EXPECT_TRUE(asked.used_in_crime());
  EXPECT_EQ(asked.confidentiality(), v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  const auto events = EventsOf(Watch(officer_)->Await(1));
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].subscription_id(), subscription.subscription_id());
  EXPECT_EQ(events[0].hit().side(), v1::HIT_SIDE_SEARCHER);
  EXPECT_EQ(events[0].hit().subscription_id(), subscription.subscription_id());
  EXPECT_EQ(events[0].hit().hit().state(), "AR");
  EXPECT_THAT(EventsOf(Watch(colleague_)->told()), IsEmpty());
}

TEST_F(SubscriptionsTest, AsksOnlyTheStatesThatItNames) {
  Start();
  auto request = ExampleSubscribe();
  request.add_in_states("AT");
  request.add_in_states("BR");
  Subscribed(officer_, request);
  Pass(absl::ZeroDuration(), 2);
  EXPECT_THAT(austria_->asked(), SizeIs(1));
  EXPECT_THAT(brazil_->asked(), SizeIs(1));
  EXPECT_THAT(argentina_->asked(), IsEmpty());
}

TEST_F(SubscriptionsTest, AsksAgainAndTellsWhatIsNewAlone) {
  argentina_->Plays([](const auto&) { return HitOf("AR"); });
  Start();
  Subscribed(officer_, ExampleSubscribe());
  Pass(absl::ZeroDuration(), 3);
  Pass(absl::Hours(27), 6);
  EXPECT_THAT(argentina_->asked(), SizeIs(2));
  EXPECT_THAT(NoticesOf(v1::HIT_SIDE_SEARCHER), SizeIs(1));
  austria_->Plays([](const auto&) { return HitOf("AT"); });
  Pass(absl::Hours(27), 9);
  const auto notices = NoticesOf(v1::HIT_SIDE_SEARCHER);
  ASSERT_THAT(notices, SizeIs(2));
  EXPECT_EQ(notices[1].hit().state(), "AT");
}

TEST_F(SubscriptionsTest, TellsAHitAgainOnceItIsCertain) {
  argentina_->Plays([](const auto&) { return HitOf("AR"); });
  Start();
  Subscribed(officer_, ExampleSubscribe());
  Pass(absl::ZeroDuration(), 3);
  argentina_->Plays([](const auto&) {
    CrossCheckWord word = HitOf("AR");
    word.response.mutable_hits(0)->set_needs_confirmation(false);
    return word;
  });
  Pass(absl::Hours(27), 6);
  Pass(absl::Hours(27), 9);
  EXPECT_THAT(NoticesOf(v1::HIT_SIDE_SEARCHER), SizeIs(2));
}

TEST_F(SubscriptionsTest, TellsEachSubscriptionItsOwnHits) {
  argentina_->Plays([](const auto&) { return HitOf("AR"); });
  Start();
  const auto first = Subscribed(officer_, ExampleSubscribe("standing-1"));
  const auto second = Subscribed(officer_, ExampleSubscribe("standing-2"));
  Pass(absl::ZeroDuration(), 6);
  v1::WatchHitsRequest request;
  request.add_subscription_ids(second.subscription_id());
  auto listener = std::make_shared<Listener>();
  WatchHits(officer_, request, *registries_, *subscription_book_, feed_.get(),
            {.send = [listener](std::string bytes) { return listener->Take(std::move(bytes)); },
             .gone = [listener] { return listener->left(); },
             .finish = [listener](absl::Status status) { listener->End(std::move(status)); }});
  const auto events = EventsOf(listener->told());
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].subscription_id(), second.subscription_id());
  EXPECT_THAT(Watch(officer_)->told(), SizeIs(2));
}

TEST_F(SubscriptionsTest, OutliveTheGatewayAndRememberWhatWasTold) {
  argentina_->Plays([](const auto&) { return HitOf("AR"); });
  Start();
  const auto subscription = Subscribed(officer_, ExampleSubscribe());
  Pass(absl::ZeroDuration(), 3);
  Stop();
  Start();
  EXPECT_THAT(subscription_book_->Active(), SizeIs(1));
  Pass(absl::Hours(24), 6);
  EXPECT_THAT(NoticesOf(v1::HIT_SIDE_SEARCHER), SizeIs(1));
  const auto ended =
      Subscribed(officer_, Renewal(subscription.subscription_id(), absl::ZeroDuration()));
  EXPECT_EQ(ended.state(), v1::SUBSCRIPTION_STATE_ENDED);
  Stop();
  Start();
  EXPECT_THAT(subscription_book_->Active(), IsEmpty());
}

TEST_F(SubscriptionsTest, RecordsTheRequestAndTheSubscriptionBeforeTheReply) {
  Start();
  const auto request = ExampleSubscribe();
  const auto subscription = Subscribed(officer_, request);
  const auto received = Entries(v1::ENTRY_KIND_REQUEST_RECEIVED);
  ASSERT_THAT(received, testing::Not(IsEmpty()));
  EXPECT_EQ(received[0].content, request.SerializeAsString());
  EXPECT_EQ(received[0].header.trace_id(), subscription.subscription_id());
  const auto changed = Entries(v1::ENTRY_KIND_SUBSCRIPTION_CHANGED);
  ASSERT_THAT(changed, SizeIs(1));
  EXPECT_EQ(changed[0].content, subscription.SerializeAsString());
  EXPECT_EQ(changed[0].header.actor(), officer_.spiffe_id);
}

TEST_F(SubscriptionsTest, RecordsWhatIsAskedForItAsTheGatewaysOwnDoing) {
  argentina_->Plays([](const auto&) { return HitOf("AR"); });
  Start();
  Subscribed(officer_, ExampleSubscribe());
  Pass(absl::ZeroDuration(), 3);
  const auto received = Entries(v1::ENTRY_KIND_REQUEST_RECEIVED);
  ASSERT_THAT(received, SizeIs(2));
  EXPECT_EQ(received[1].header.actor(), "spiffe://br.example/gateway/peer");
  EXPECT_EQ(received[1].header.state(), "BR");
  EXPECT_THAT(Entries(v1::ENTRY_KIND_HOP_ASKED), SizeIs(3));
  EXPECT_THAT(Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED), IsEmpty());
}

TEST_F(SubscriptionsTest, GiveTheSameReplyToTheSameBytesAlsoAfterARestart) {
  Start();
  const auto request = ExampleSubscribe();
  const Reply first = Wait(Subscribing(officer_, request));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(*Wait(Subscribing(officer_, request)), *first);
  Stop();
  Start();
  EXPECT_EQ(*Wait(Subscribing(officer_, request)), *first);
  EXPECT_THAT(subscription_book_->Active(), SizeIs(1));
}

TEST_F(SubscriptionsTest, GiveOneReplyToTheSameRequestSentTwiceAtOnce) {
  Start();
  const auto request = ExampleSubscribe();
  auto first = Subscribing(officer_, request);
  auto second = Subscribing(officer_, request);
  const Reply one = Wait(std::move(first));
  const Reply other = Wait(std::move(second));
  ASSERT_TRUE(one.ok()) << one.status();
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_EQ(*one, *other);
  EXPECT_THAT(subscription_book_->Active(), SizeIs(1));
}

TEST_F(SubscriptionsTest, RefuseAnotherRequestUnderAnIdThatWasUsed) {
  Start();
  const auto subscription = Subscribed(officer_, ExampleSubscribe());
  auto other = ExampleSubscribe();
  other.set_justification("another reason");
  EXPECT_EQ(Refused(officer_, other).reason(), v1::REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(Refused(officer_, Renewal(subscription.subscription_id(), absl::Hours(1), "standing-1"))
                .reason(),
            v1::REASON_REQUEST_ID_REUSED);
  EXPECT_NE(Subscribed(colleague_, other).subscription_id(), subscription.subscription_id());
}

TEST_F(SubscriptionsTest, AreRenewedAndEndedByTheirAgencyAlone) {
  Start();
  const std::string id = Subscribed(officer_, ExampleSubscribe()).subscription_id();
  EXPECT_EQ(Refused(colleague_, Renewal(id, absl::Hours(1))).reason(),
            v1::REASON_DOCUMENT_NOT_FOUND);
  EXPECT_EQ(Refused(officer_, Renewal("01ARZ3NDEKTSV4RRFFQ69G5FAV", absl::Hours(1))).reason(),
            v1::REASON_DOCUMENT_NOT_FOUND);
  const auto renewed = Subscribed(officer_, Renewal(id, absl::Hours(300 * 24)));
  EXPECT_EQ(renewed.subscription_id(), id);
  EXPECT_EQ(renewed.item().weapon().serial_number(), "ABC123");
  EXPECT_EQ(FromTimestamp(renewed.expire_time()), timers_->Now() + absl::Hours(300 * 24));
  const auto ended = Subscribed(officer_, Renewal(id, -absl::Hours(1), "the-end-1"));
  EXPECT_EQ(ended.state(), v1::SUBSCRIPTION_STATE_ENDED);
  EXPECT_EQ(FromTimestamp(ended.expire_time()), timers_->Now());
  EXPECT_EQ(Refused(officer_, Renewal(id, absl::Hours(1), "too-late-1")).reason(),
            v1::REASON_DOCUMENT_NOT_FOUND);
  timers_->Advance(absl::Hours(27));
  Settle();
  EXPECT_THAT(austria_->asked(), SizeIs(testing::Le(1u)));  // the first round may have begun
}

TEST_F(SubscriptionsTest, ExpireAndAreNotAskedForAnyMore) {
  Start();
  auto request = ExampleSubscribe();
  *request.mutable_expire_time() = ToTimestamp(timers_->Now() + absl::Hours(5));
  Subscribed(officer_, request);
  Pass(absl::ZeroDuration(), 3);
  timers_->Advance(absl::Hours(5) - absl::Seconds(1));
  EXPECT_THAT(StatesRecorded(1), ElementsAre(v1::SUBSCRIPTION_STATE_ACTIVE));
  timers_->Advance(absl::Seconds(1));
  EXPECT_THAT(StatesRecorded(2),
              ElementsAre(v1::SUBSCRIPTION_STATE_ACTIVE, v1::SUBSCRIPTION_STATE_EXPIRED));
  timers_->Advance(absl::Hours(48));
  Settle();
  EXPECT_THAT(austria_->asked(), SizeIs(1));
}

TEST_F(SubscriptionsTest, ExpireAlsoWhileTheGatewayIsDown) {
  Start();
  auto request = ExampleSubscribe();
  *request.mutable_expire_time() = ToTimestamp(timers_->Now() + absl::Hours(5));
  Subscribed(officer_, request);
  Stop();
  timers_->Advance(absl::Hours(6));
  Start();
  timers_->Advance(absl::ZeroDuration());
  EXPECT_THAT(StatesRecorded(2),
              ElementsAre(v1::SUBSCRIPTION_STATE_ACTIVE, v1::SUBSCRIPTION_STATE_EXPIRED));
}

TEST_F(SubscriptionsTest, AreRevokedOnceNoStateMayBeAsked) {
  Start();
  Subscribed(officer_, ExampleSubscribe());
  Pass(absl::ZeroDuration(), 3);
  EndAgreements();
  timers_->Advance(absl::Hours(27));
  EXPECT_THAT(StatesRecorded(2),
              ElementsAre(v1::SUBSCRIPTION_STATE_ACTIVE, v1::SUBSCRIPTION_STATE_REVOKED));
  EXPECT_THAT(austria_->asked(), SizeIs(1));
  EXPECT_THAT(subscription_book_->Active(), IsEmpty());
}

TEST_F(SubscriptionsTest, DoNotAskAStateWhoseAgreementFellAway) {
  Start();
  Subscribed(officer_, ExampleSubscribe());
  Pass(absl::ZeroDuration(), 3);
  std::vector<config::v1::Agreement> left = agreements_;
  left[0].set_cross_check(false);  // BR asks AR
  book_.Replace(*AgreementBook::Create({left.begin(), left.end()}));
  Pass(absl::Hours(27), 5);
  EXPECT_THAT(argentina_->asked(), SizeIs(1));
  EXPECT_THAT(austria_->asked(), SizeIs(2));
  EXPECT_THAT(subscription_book_->Active(), SizeIs(1));
}

TEST_F(SubscriptionsTest, NeedAnAgreementFromTheStart) {
  Start();
  EndAgreements();
  EXPECT_EQ(Refused(officer_, ExampleSubscribe()).reason(), v1::REASON_NO_AGREEMENT);
  auto own = ExampleSubscribe();
  own.add_in_states("BR");
  EXPECT_EQ(Subscribed(officer_, own).state(), v1::SUBSCRIPTION_STATE_ACTIVE);
}

TEST_F(SubscriptionsTest, GiveNoGuaranteeOfConfidentiality) {
  for (auto& agreement : agreements_) agreement.set_requires_confidentiality(true);
  Start();
  EXPECT_EQ(Refused(officer_, ExampleSubscribe()).reason(),
            v1::REASON_CONFIDENTIALITY_NOT_GUARANTEED);
}

TEST_F(SubscriptionsTest, CountAgainstTheQuotaLikeAnyQuestion) {
  agreements_[2].mutable_quota()->set_per_day(1);  // BR asks UY
  Start();
  Subscribed(officer_, ExampleSubscribe("standing-1"));
  Pass(absl::ZeroDuration(), 3);
  Subscribed(officer_, ExampleSubscribe("standing-2"));
  Pass(absl::ZeroDuration(), 5);
  EXPECT_THAT(uruguay_->asked(), SizeIs(1));
}

TEST_F(SubscriptionsTest, AreBoundedForEachAgency) {
  Start();
  std::string first;
  for (const char* id : {"standing-1", "standing-2", "standing-3"}) {
    first = Subscribed(officer_, ExampleSubscribe(id)).subscription_id();
  }
  EXPECT_EQ(Refused(officer_, ExampleSubscribe("standing-4")).reason(), v1::REASON_OVERLOADED);
  EXPECT_EQ(Subscribed(colleague_, ExampleSubscribe()).state(), v1::SUBSCRIPTION_STATE_ACTIVE);
  Subscribed(officer_, Renewal(first, absl::ZeroDuration()));
  EXPECT_EQ(Subscribed(officer_, ExampleSubscribe("standing-5")).state(),
            v1::SUBSCRIPTION_STATE_ACTIVE);
  Stop();
  Start();
  EXPECT_EQ(Refused(officer_, ExampleSubscribe("standing-6")).reason(), v1::REASON_OVERLOADED);
}

TEST_F(SubscriptionsTest, AreForAgenciesOfAStateServedHere) {
  Start();
  const Caller austrian = ExampleCaller("AT", "bundeskriminalamt", Role::kLiaison);
  EXPECT_EQ(Refused(austrian, ExampleSubscribe()).reason(), v1::REASON_STATE_MISMATCH);
}

TEST_F(SubscriptionsTest, NameEveryFieldThatIsWrong) {
  Start();
  struct Case {
    std::string field;
    v1::Reason reason;
    std::function<void(v1::SubscribeRequest*)> spoil;
  };
  const absl::Time now = timers_->Now();
  const std::vector<Case> cases = {
      {"request_id", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_request_id(); }},
      {"request_id", v1::REASON_FIELD_INVALID, [](auto* r) { r->set_request_id("short"); }},
      {"item", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_item(); }},
      {"party", v1::REASON_FIELD_INVALID, [](auto* r) { r->mutable_party()->set_name("Acme"); }},
      {"alerts", v1::REASON_FIELD_INVALID, [](auto* r) { r->mutable_alerts(); }},
      {"intended_use", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_intended_use(); }},
      {"grounds", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_used_in_crime(); }},
      {"confidentiality", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_confidentiality(); }},
      {"justification", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_justification(); }},
      {"in_states[0]", v1::REASON_FIELD_INVALID, [](auto* r) { r->add_in_states("YU"); }},
      {"expire_time", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_expire_time(); }},
      {"expire_time", v1::REASON_FIELD_INVALID,
       [now](auto* r) { *r->mutable_expire_time() = ToTimestamp(now); }},
      {"expire_time", v1::REASON_FIELD_INVALID,
       [now](auto* r) {
         *r->mutable_expire_time() = ToTimestamp(now + absl::Hours(366 * 24) + absl::Seconds(1));
       }},
      {"handling.restrictions", v1::REASON_FIELD_REQUIRED,
       [](auto* r) { r->mutable_handling()->add_codes(v1::HANDLING_CODE_H3); }},
      {"item.weapon.serial_number", v1::REASON_QUALITY_GATE,
       [](auto* r) { r->mutable_item()->mutable_weapon()->clear_serial_number(); }},
  };
  for (const Case& wrong : cases) {
    auto request = ExampleSubscribe();
    wrong.spoil(&request);
    const v1::FailureDetail detail = Refused(officer_, request);
    EXPECT_EQ(detail.reason(), wrong.reason) << wrong.field;
    ASSERT_GE(detail.violations_size(), 1) << wrong.field;
    EXPECT_EQ(detail.violations(0).field(), wrong.field);
  }
  EXPECT_THAT(Entries(v1::ENTRY_KIND_SUBSCRIPTION_CHANGED), IsEmpty());
  auto latest = ExampleSubscribe();
  *latest.mutable_expire_time() = ToTimestamp(now + absl::Hours(366 * 24));
  EXPECT_EQ(Subscribed(officer_, latest).state(), v1::SUBSCRIPTION_STATE_ACTIVE);
}

TEST_F(SubscriptionsTest, AreNotTakenWhileTheGatewayStops) {
  Start();
  subscriptions_->Drain();
  EXPECT_EQ(Refused(officer_, ExampleSubscribe()).reason(), v1::REASON_DRAINING);
}

}  // namespace
}  // namespace tracegate

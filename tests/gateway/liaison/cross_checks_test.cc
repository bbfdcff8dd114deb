#include "gateway/liaison/cross_checks.h"

#include <map>
#include <string>
#include <vector>

#include "gateway/tracing/metering.h"
#include "tests/gateway/liaison/liaison_fixture.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class CrossChecksTest : public LiaisonFixture {};

v1::CrossCheckRequest CheckTo(const std::vector<std::string>& states) {
  v1::CrossCheckRequest request = ExampleCheck();
  for (const std::string& state : states) request.add_to_states(state);
  return request;
}

TEST_F(CrossChecksTest, AsksEveryStateThatAnAgreementOpensAndTellsEachOnesWord) {
  Start();
  const auto words = Words(officer_, ExampleCheck());
  ASSERT_THAT(words, SizeIs(3));
  EXPECT_EQ(words.at("AR").outcome(), v1::CROSS_CHECK_OUTCOME_HIT);
  EXPECT_EQ(words.at("AT").outcome(), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  EXPECT_EQ(words.at("UY").outcome(), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  for (const auto& [state, word] : words) {
    EXPECT_EQ(word.states_asked(), 3);
    EXPECT_THAT(word.cross_check_id(), SizeIs(26));
    EXPECT_EQ(word.cross_check_id(), words.at("AR").cross_check_id());
  }
  ASSERT_THAT(argentina_->asked(), SizeIs(1));
  const v1::CrossCheckRequest asked = argentina_->asked()[0];
  EXPECT_THAT(asked.to_states(), ElementsAre("AR"));
  EXPECT_EQ(asked.requesting_agency().state(), "BR");
  EXPECT_EQ(asked.requesting_agency().name(), "policia-federal");
  EXPECT_THAT(brazil_->asked(), IsEmpty());
}

TEST_F(CrossChecksTest, DoesNotAskAStateWhoseAgreementIsForTracesAlone) {
  agreements_[0].set_cross_check(false);  // BR asks AR
  Start();
  const auto open = Words(officer_, ExampleCheck());
  EXPECT_FALSE(open.contains("AR"));
  const auto named = Words(officer_, CheckTo({"AR", "AT"}));
  EXPECT_EQ(named.at("AR").outcome(), v1::CROSS_CHECK_OUTCOME_NO_AGREEMENT);
  EXPECT_THAT(named.at("AR").explanation(), HasSubstr("does not open cross-checks"));
  EXPECT_EQ(named.at("AT").outcome(), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  EXPECT_THAT(argentina_->asked(), IsEmpty());
}

TEST_F(CrossChecksTest, RefusesTheCheckWhereNoStateMayBeAsked) {
  for (auto& agreement : agreements_) agreement.set_cross_check(false);
  Start();
  EXPECT_EQ(DetailOf(Refusal(officer_, ExampleCheck())).reason(), v1::REASON_NO_AGREEMENT);
  EXPECT_EQ(DetailOf(Refusal(officer_, CheckTo({"AR"}))).reason(), v1::REASON_NO_AGREEMENT);
  auto other_use = ExampleCheck();
  other_use.set_intended_use(v1::INTENDED_USE_EXPORT_CONTROL);
  EXPECT_EQ(DetailOf(Refusal(officer_, other_use)).reason(), v1::REASON_NO_AGREEMENT);
  EXPECT_THAT(Entries(v1::ENTRY_KIND_HOP_ASKED), IsEmpty());
}

TEST_F(CrossChecksTest, TellsOfAHitThatItIsThereAndWhomToAskAndNothingOfTheRecord) {
  Start();
  const auto words = Words(argentine_gateway_, ExampleCheckFrom("AR", "BR"));
  ASSERT_THAT(words, SizeIs(1));
  const v1::CrossCheckResponse& word = words.at("BR");
  ASSERT_EQ(word.outcome(), v1::CROSS_CHECK_OUTCOME_HIT);
  ASSERT_EQ(word.hits_size(), 1);
  const v1::Hit& hit = word.hits(0);
  EXPECT_EQ(hit.state(), "BR");
  EXPECT_EQ(hit.contact().email(), "armas@br.example");
  EXPECT_FALSE(hit.needs_confirmation());
  EXPECT_THAT(hit.handling().codes(), ElementsAre(v1::HANDLING_CODE_H1));
  EXPECT_THAT(hit.hit_id(), SizeIs(26));
  v1::CrossCheckResponse rest = word;
  rest.clear_receipt();
  for (const char* secret : {"BR-7", "ABC123", "Glock", "9x19"}) {
    EXPECT_EQ(rest.DebugString().find(secret), std::string::npos) << secret;
  }
}

TEST_F(CrossChecksTest, NamesTheOfficeThatAnswersWhereTheDirectoryHasNoContact) {
  directory_.Clear();
  Start();
  const auto words = Words(argentine_gateway_, ExampleCheckFrom("AR", "BR"));
  EXPECT_EQ(words.at("BR").hits(0).contact().agency().name(), "registry-BR");
  EXPECT_EQ(words.at("BR").hits(0).contact().agency().state(), "BR");
}

TEST_F(CrossChecksTest, NeedsConfirmationWhereTheMarksDoNotAgreeExactly) {
  Start();
  v1::RegistryRecord alike = ExampleRecord("BR-8");
  alike.mutable_firearm()->set_serial_number("A8C123");  // B read as 8
  brazil_->Plays([=](const auto&) { return RecordsOf(alike); });
  auto words = Words(argentine_gateway_, ExampleCheckFrom("AR", "BR"));
  ASSERT_EQ(words.at("BR").outcome(), v1::CROSS_CHECK_OUTCOME_HIT);
  EXPECT_TRUE(words.at("BR").hits(0).needs_confirmation());
  // Two that agree exactly leave it in doubt too.
  brazil_->Plays([](const auto&) {
    auto found = RecordsOf(ExampleRecord("BR-7"));
    *found.mutable_records()->add_records() = ExampleRecord("BR-9");
    return found;
  });
  words = Words(argentine_gateway_, ExampleCheckFrom("AR", "BR"));
  EXPECT_TRUE(words.at("BR").hits(0).needs_confirmation());
  EXPECT_EQ(words.at("BR").hits_size(), 1);
}

TEST_F(CrossChecksTest, NeverTakesAFailureForNoHit) {
  Start();
  uruguay_->Plays([](const auto&) {
    return Failure(v1::REASON_REGISTRY_UNAVAILABLE, "cannot open /srv/uy/registry.db");
  });
  austria_->Plays([](const auto&) { return Failure(v1::REASON_PEER_UNAVAILABLE, "AT is away"); });
  const auto words = Words(officer_, ExampleCheck());
  EXPECT_EQ(words.at("UY").outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
  EXPECT_EQ(words.at("UY").failure().reason(), v1::REASON_REGISTRY_UNAVAILABLE);
  EXPECT_EQ(words.at("UY").failure().message(), "the registry of UY could not be asked");
  EXPECT_EQ(words.at("AT").outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
  EXPECT_EQ(words.at("AT").failure().message(), "AT is away");
  EXPECT_EQ(words.at("AR").outcome(), v1::CROSS_CHECK_OUTCOME_HIT);
  std::map<std::string, std::string> reasons;
  for (const Entry& entry : Entries(v1::ENTRY_KIND_HOP_FAILED)) {
    reasons[entry.header.to_state()] = entry.header.reason();
  }
  EXPECT_EQ(reasons, (std::map<std::string, std::string>{{"AT", "PEER_UNAVAILABLE"},
                                                         {"UY", "REGISTRY_UNAVAILABLE"}}));
}

TEST_F(CrossChecksTest, TellsEachWordAsItComesAndCountsDown) {
  Start();
  argentina_->Plays([](const auto&) { return std::nullopt; });
  const auto listener = Check(officer_, ExampleCheck());
  ASSERT_THAT(listener->Await(2), SizeIs(2));
  const auto early = WordsOf(listener);
  EXPECT_EQ(early[0].states_outstanding(), 2);
  EXPECT_EQ(early[1].states_outstanding(), 1);
  EXPECT_FALSE(listener->ended());
  ASSERT_TRUE(argentina_->AwaitUnanswered(1));
  argentina_->Answer(HitOf("AR"));
  EXPECT_TRUE(listener->Wait().ok());
  const auto words = WordsOf(listener);
  ASSERT_THAT(words, SizeIs(3));
  EXPECT_EQ(words[2].state(), "AR");
  EXPECT_EQ(words[2].states_outstanding(), 0);
}

TEST_F(CrossChecksTest, TellsAStateThatIsSlowAsUnavailableWhenTheTimeIsUp) {
  Start();
  argentina_->Plays([](const auto&) { return std::nullopt; });
  const absl::Time deadline = timers_->Now() + absl::Seconds(20);
  const auto listener = Check(officer_, ExampleCheck(), deadline);
  ASSERT_THAT(listener->Await(2), SizeIs(2));
  ASSERT_TRUE(argentina_->AwaitUnanswered(1));
  EXPECT_LT(argentina_->last_call().deadline, deadline);
  timers_->Advance(absl::Seconds(18));
  EXPECT_FALSE(listener->ended());
  timers_->Advance(absl::Seconds(1));
  EXPECT_TRUE(listener->Wait().ok());
  const auto words = WordsOf(listener);
  ASSERT_THAT(words, SizeIs(3));
  EXPECT_EQ(words[2].state(), "AR");
  EXPECT_EQ(words[2].outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
  EXPECT_EQ(words[2].failure().reason(), v1::REASON_DEADLINE_EXCEEDED);
  EXPECT_TRUE(argentina_->last_call().cancelled.stop_requested());
  argentina_->Answer(HitOf("AR"));  // too late: nobody hears of it
  EXPECT_THAT(listener->told(), SizeIs(3));
}

TEST_F(CrossChecksTest, InheritsTheHandlingThatTheOwnerAndTheAgreementGive) {
  agreements_[0].add_handling(v1::HANDLING_CODE_H1);  // BR asks AR; Argentina itself says H2
  Start();
  const auto words = Words(officer_, CheckTo({"AR"}));
  ASSERT_EQ(words.at("AR").hits_size(), 1);
  EXPECT_THAT(words.at("AR").hits(0).handling().codes(),
              ElementsAre(v1::HANDLING_CODE_H2, v1::HANDLING_CODE_H1));
  EXPECT_EQ(words.at("AR").receipt().log_origin(), ExampleOptions().origin);  // not theirs
}

TEST_F(CrossChecksTest, AnswersAPeerForOneStateServedHereUnderTheAgreementOfThatWay) {
  Start();
  EXPECT_EQ(DetailOf(Refusal(argentine_gateway_, ExampleCheckFrom("AR", "UY"))).reason(),
            v1::REASON_NO_AGREEMENT);
  EXPECT_EQ(DetailOf(Refusal(argentine_gateway_, ExampleCheckFrom("AR", "AT"))).reason(),
            v1::REASON_STATE_NOT_SERVED);
  auto nobody = ExampleCheckFrom("AR", "BR");
  nobody.clear_to_states();
  EXPECT_EQ(DetailOf(Refusal(argentine_gateway_, nobody)).reason(), v1::REASON_FIELD_REQUIRED);
  auto two = ExampleCheckFrom("AR", "BR");
  two.add_to_states("UY");
  EXPECT_EQ(DetailOf(Refusal(argentine_gateway_, two)).reason(), v1::REASON_FIELD_INVALID);
  auto nameless = ExampleCheckFrom("AR", "BR");
  nameless.clear_requesting_agency();
  EXPECT_EQ(DetailOf(Refusal(argentine_gateway_, nameless)).reason(), v1::REASON_FIELD_REQUIRED);
  auto stranger = ExampleCheckFrom("AT", "BR");
  EXPECT_EQ(DetailOf(Refusal(argentine_gateway_, stranger)).reason(), v1::REASON_STATE_MISMATCH);
  EXPECT_THAT(brazil_->asked(), IsEmpty());
  EXPECT_THAT(Words(argentine_gateway_, ExampleCheckFrom("AR", "BR")), SizeIs(1));
}

TEST_F(CrossChecksTest, NeedsAnAgreementAlsoOfAGatewayOfItsOwnState) {
  Start();
  const Caller own_gateway = ExampleCaller("BR", "gateway", Role::kPeer);
  EXPECT_EQ(DetailOf(Refusal(own_gateway, ExampleCheckFrom("BR", "BR"))).reason(),
            v1::REASON_NO_AGREEMENT);
}

TEST_F(CrossChecksTest, IsForOfficersOfAStateServedHere) {
  Start();
  const Caller austrian = ExampleCaller("AT", "bundeskriminalamt", Role::kLiaison);
  EXPECT_EQ(DetailOf(Refusal(austrian, ExampleCheck())).reason(), v1::REASON_STATE_MISMATCH);
  auto disguised = ExampleCheck();
  disguised.mutable_requesting_agency()->set_name("policia-civil");
  EXPECT_EQ(DetailOf(Refusal(officer_, disguised)).reason(), v1::REASON_STATE_MISMATCH);
}

TEST_F(CrossChecksTest, AsksItsOwnStatesRegistryWhereNamedWithoutAnAgreement) {
  Start();
  const auto words = Words(officer_, CheckTo({"BR"}));
  EXPECT_EQ(words.at("BR").outcome(), v1::CROSS_CHECK_OUTCOME_HIT);
  EXPECT_THAT(Entries(v1::ENTRY_KIND_HOP_ASKED), IsEmpty());
}

TEST_F(CrossChecksTest, TellsWhomItCannotAsk) {
  uruguay_is_desk_ = true;
  agreements_.push_back(ExampleAgreement("BR", "PT"));
  agreements_.back().set_cross_check(true);
  distrusted_ = "AT";
  Start();
  const auto words = Words(officer_, ExampleCheck());
  EXPECT_EQ(words.at("UY").failure().reason(), v1::REASON_METHOD_UNKNOWN);
  EXPECT_THAT(words.at("UY").failure().message(), HasSubstr("people answer for UY"));
  EXPECT_EQ(words.at("PT").failure().reason(), v1::REASON_STATE_NOT_SERVED);
  EXPECT_EQ(words.at("AT").failure().reason(), v1::REASON_LOG_CONFLICT);
  EXPECT_THAT(uruguay_->asked(), IsEmpty());
  EXPECT_THAT(austria_->asked(), IsEmpty());
}

TEST_F(CrossChecksTest, RefusesAPeerWhoseLogIsNotBelieved) {
  distrusted_ = "AR";
  Start();
  EXPECT_EQ(DetailOf(Refusal(argentine_gateway_, ExampleCheckFrom("AR", "BR"))).reason(),
            v1::REASON_LOG_CONFLICT);
}

TEST_F(CrossChecksTest, TellsAMissingGuaranteeAsARefusalOnItsGround) {
  agreements_[0].set_requires_confidentiality(true);  // BR asks AR
  Start();
  auto request = CheckTo({"AR", "AT"});
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  const auto words = Words(officer_, request);
  EXPECT_EQ(words.at("AR").outcome(), v1::CROSS_CHECK_OUTCOME_REFUSED);
  EXPECT_EQ(words.at("AR").legal_ground(),
            v1::LEGAL_GROUND_REQUESTER_CANNOT_GUARANTEE_CONFIDENTIALITY);
  EXPECT_THAT(argentina_->asked(), IsEmpty());
}

TEST_F(CrossChecksTest, TellsNoHitOnceTheAgreementHasFallenAway) {
  Start();
  brazil_->Plays([](const auto&) { return std::nullopt; });
  const auto listener = Check(argentine_gateway_, ExampleCheckFrom("AR", "BR"));
  ASSERT_TRUE(brazil_->AwaitUnanswered(1));
  book_.Replace(*AgreementBook::Create({}));
  brazil_->Answer(RecordsOf(ExampleRecord("BR-7")));
  EXPECT_TRUE(listener->Wait().ok());
  const auto words = WordsOf(listener);
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].outcome(), v1::CROSS_CHECK_OUTCOME_NO_AGREEMENT);
  EXPECT_EQ(words[0].hits_size(), 0);
  EXPECT_THAT(Entries(v1::ENTRY_KIND_HIT_NOTIFIED), IsEmpty());
}

TEST_F(CrossChecksTest, CountsAgainstTheQuotaOfTheAgreementLikeATrace) {
  agreements_[3].mutable_quota()->set_per_day(2);  // AR asks BR
  Start();
  EXPECT_THAT(Words(argentine_gateway_, ExampleCheckFrom("AR", "BR")), SizeIs(1));
  EXPECT_THAT(Words(argentine_gateway_, ExampleCheckFrom("AR", "BR")), SizeIs(1));
  const absl::Status third = Refusal(argentine_gateway_, ExampleCheckFrom("AR", "BR"));
  EXPECT_EQ(DetailOf(third).reason(), v1::REASON_QUOTA_EXCEEDED);
  EXPECT_TRUE(DetailOf(third).has_retry_after());
  EXPECT_THAT(brazil_->asked(), SizeIs(2));
}

TEST_F(CrossChecksTest, CountsWhatWasAskedBeforeARestart) {
  agreements_[3].mutable_quota()->set_per_day(2);  // AR asks BR
  Start();
  EXPECT_THAT(Words(argentine_gateway_, ExampleCheckFrom("AR", "BR")), SizeIs(1));
  EXPECT_THAT(Words(officer_, CheckTo({"UY"})), SizeIs(1));
  PairQuota restored;
  ASSERT_TRUE(RestoreQuota(store_.get(), timers_->Now(), &restored).ok());
  EXPECT_EQ(restored.UsedToday("AR-asks-BR", timers_->Now()), 1);
  EXPECT_EQ(restored.UsedToday("BR-asks-UY", timers_->Now()), 1);
}

TEST_F(CrossChecksTest, TellsAnOfficerOfOneStateOfThisHouseWhenTheQuotaOfAnotherIsUsedUp) {
  agreements_[2].mutable_quota()->set_per_day(1);  // BR asks UY
  Start();
  EXPECT_EQ(Words(officer_, ExampleCheck()).at("UY").outcome(), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  const auto words = Words(officer_, ExampleCheck());
  EXPECT_EQ(words.at("UY").outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
  EXPECT_EQ(words.at("UY").failure().reason(), v1::REASON_QUOTA_EXCEEDED);
  EXPECT_THAT(uruguay_->asked(), SizeIs(1));
}

TEST_F(CrossChecksTest, IsNoWayAroundTheHarvestGuard) {
  Start();
  brazil_->Plays([](const auto&) { return NoRecords(); });
  int asked = 0;
  v1::Reason stopped = v1::REASON_UNSPECIFIED;
  for (int i = 0; i < 400 && stopped == v1::REASON_UNSPECIFIED; ++i) {
    auto request = ExampleCheckFrom("AR", "BR");
    request.mutable_item()->mutable_weapon()->set_serial_number("KPZ" + std::to_string(10000 + i));
    const absl::Status status = Check(argentine_gateway_, request)->Wait();
    if (status.ok()) ++asked;
    if (!status.ok()) stopped = DetailOf(status).reason();
  }
  EXPECT_EQ(stopped, v1::REASON_HARVEST_SUSPECTED);
  EXPECT_GE(asked, 199);
  EXPECT_LT(asked, 300);
  Words(officer_, CheckTo({"AT"}));  // on record behind the suspicion
  EXPECT_THAT(Entries(v1::ENTRY_KIND_HARVEST_SUSPECTED), SizeIs(1));
}

TEST_F(CrossChecksTest, RecordsTheRequestAndEachQuestionBeforeTheyLeave) {
  Start();
  bool recorded = false;
  argentina_->Plays([&](const v1::CrossCheckRequest& asked) {
    const auto questions = Entries(v1::ENTRY_KIND_HOP_ASKED);
    for (const Entry& entry : questions) {
      recorded |= entry.header.to_state() == "AR" && entry.content == asked.SerializeAsString();
    }
    recorded &= Entries(v1::ENTRY_KIND_REQUEST_RECEIVED).size() == 1;
    return NoHitOf("AR");
  });
  const auto words = Words(officer_, ExampleCheck());
  EXPECT_TRUE(recorded);
  const auto request = Entries(v1::ENTRY_KIND_REQUEST_RECEIVED).at(0);
  EXPECT_EQ(request.content, ExampleCheck().SerializeAsString());
  EXPECT_EQ(request.header.actor(), officer_.spiffe_id);
  EXPECT_EQ(request.header.trace_id(), words.at("AR").cross_check_id());
}

TEST_F(CrossChecksTest, RecordsWhatEachStateSaidAndWhatWasToldUnderTheChecksId) {
  Start();
  const auto words = Words(officer_, CheckTo({"AR"}));
  const std::string id = words.at("AR").cross_check_id();
  const auto answered = Entries(v1::ENTRY_KIND_HOP_ANSWERED);
  ASSERT_THAT(answered, SizeIs(1));
  EXPECT_EQ(answered[0].content, "a hit, as it came");
  EXPECT_EQ(answered[0].header.trace_id(), id);
  EXPECT_EQ(answered[0].header.agreement_id(), "BR-asks-AR");
  const auto told = Entries(v1::ENTRY_KIND_ANSWER_DISCLOSED);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].header.trace_id(), id);
  EXPECT_EQ(told[0].header.actor(), officer_.spiffe_id);
}

TEST_F(CrossChecksTest, TellsTheOwnerOfEachRecordThatWasHitWhoAskedAndForWhom) {
  Start();
  brazil_->Plays([](const auto&) {
    auto found = RecordsOf(ExampleRecord("BR-7"));
    *found.mutable_records()->add_records() = ExampleRecord("BR-9");
    return found;
  });
  auto request = ExampleCheckFrom("AR", "BR");
  request.mutable_requesting_agency()->set_reference("AR 12/2026");
  request.mutable_on_behalf_of()->set_state("CL");
  request.mutable_on_behalf_of()->set_name("carabineros");
  request.mutable_handling()->add_codes(v1::HANDLING_CODE_H2);
  const auto words = Words(argentine_gateway_, request);
  const auto entries = Entries(v1::ENTRY_KIND_HIT_NOTIFIED);
  ASSERT_THAT(entries, SizeIs(2));
  std::vector<std::string> records;
  for (const Entry& entry : entries) {
    EXPECT_EQ(entry.header.to_state(), "BR");
    EXPECT_EQ(entry.header.agreement_id(), "AR-asks-BR");
    v1::HitNotice notice;
    ASSERT_TRUE(notice.ParseFromString(entry.content));
    EXPECT_EQ(notice.side(), v1::HIT_SIDE_OWNER);
    EXPECT_EQ(notice.searcher().name(), "liaison-bureau");
    EXPECT_EQ(notice.searcher().reference(), "AR 12/2026");
    EXPECT_EQ(notice.on_behalf_of().name(), "carabineros");
    EXPECT_EQ(notice.searcher_contact().agency().state(), "AR");
    EXPECT_EQ(notice.hit().hit_id(), words.at("BR").hits(0).hit_id());
    EXPECT_THAT(notice.hit().handling().codes(), testing::Contains(v1::HANDLING_CODE_H2));
    records.push_back(notice.record_number());
  }
  EXPECT_THAT(records, testing::UnorderedElementsAre("BR-7", "BR-9"));
}

TEST_F(CrossChecksTest, NotesForTheSearcherWhichCheckOfTheirsMadeTheHit) {
  Start();
  const auto words = Words(officer_, CheckTo({"AR", "AT"}));
  const auto entries = Entries(v1::ENTRY_KIND_HIT_NOTIFIED);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].header.to_state(), "BR");
  v1::HitNotice notice;
  ASSERT_TRUE(notice.ParseFromString(entries[0].content));
  EXPECT_EQ(notice.side(), v1::HIT_SIDE_SEARCHER);
  EXPECT_EQ(notice.cross_check_id(), words.at("AR").cross_check_id());
  EXPECT_EQ(notice.hit().state(), "AR");
  EXPECT_EQ(notice.record_number(), "");
}

TEST_F(CrossChecksTest, TellsWhoHasNotSpokenAsUnavailableWhenTheGatewayStops) {
  Start();
  argentina_->Plays([](const auto&) { return std::nullopt; });
  const auto listener = Check(officer_, ExampleCheck());
  ASSERT_THAT(listener->Await(2), SizeIs(2));
  ASSERT_TRUE(argentina_->AwaitUnanswered(1));
  checks_->Drain();
  EXPECT_TRUE(listener->Wait().ok());
  const auto words = WordsOf(listener);
  ASSERT_THAT(words, SizeIs(3));
  EXPECT_EQ(words[2].failure().reason(), v1::REASON_DRAINING);
  EXPECT_EQ(DetailOf(Refusal(officer_, ExampleCheck())).reason(), v1::REASON_DRAINING);
}

TEST_F(CrossChecksTest, CancelsWhatIsUnderWayOnceNobodyListens) {
  Start();
  argentina_->Plays([](const auto&) { return std::nullopt; });
  austria_->Plays([](const auto&) { return std::nullopt; });
  const auto listener = Check(officer_, ExampleCheck());
  ASSERT_THAT(listener->Await(1), SizeIs(1));
  ASSERT_TRUE(argentina_->AwaitUnanswered(1));
  ASSERT_TRUE(austria_->AwaitUnanswered(1));
  listener->Leave();
  austria_->Answer(NoHitOf("AT"));
  argentina_->Answer(Failure(v1::REASON_CANCELLED, "nobody waits"));
  EXPECT_TRUE(listener->Wait().ok());
  EXPECT_TRUE(argentina_->last_call().cancelled.stop_requested());
}

}  // namespace
}  // namespace tracegate

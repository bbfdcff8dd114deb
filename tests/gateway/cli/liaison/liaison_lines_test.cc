#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "gateway/cli/cross_check_input.h"
#include "gateway/cli/show_hit.h"
#include "gateway/cli/show_state.h"
#include "gateway/cli/subscription_input.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

absl::StatusOr<v1::CrossCheckRequest> Typed(std::vector<std::string> arguments) {
  CLI::App app;
  TypedCrossCheck typed;
  typed.AddTo(&app);
  app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  return CrossCheckOf(typed);
}

TEST(CrossCheckOf, TakesWhatWasTyped) {
  const auto request = Typed({"--serial", "TKW48213", "--manufacturer", "Taurus", "--to", "AR",
                              "UY", "--ground", "national_law", "--use", "criminal_investigation",
                              "--justification", "a gang", "--confidential", "--on-behalf-of",
                              "PY/policia-nacional", "--reference", "IP 12/2026"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->item().weapon().serial_number(), "TKW48213");
  EXPECT_EQ(request->item().weapon().manufacturer().verbatim(), "Taurus");
  EXPECT_THAT(request->to_states(), ElementsAre("AR", "UY"));
  EXPECT_THAT(request->grounds(), ElementsAre(v1::ILLICIT_GROUND_NATIONAL_LAW));
  EXPECT_EQ(request->intended_use(), v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  EXPECT_EQ(request->confidentiality(), v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  EXPECT_EQ(request->on_behalf_of().state(), "PY");
  EXPECT_EQ(request->on_behalf_of().name(), "policia-nacional");
  EXPECT_EQ(request->requesting_agency().reference(), "IP 12/2026");
}

TEST(CrossCheckOf, NamesTheOptionOfAWordItDoesNotKnow) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {"--use", "curiosity"}, {"--ground", "suspicion"}, {"--on-behalf-of", "carabineros"}}) {
    const auto request = Typed(wrong);
    ASSERT_FALSE(request.ok()) << wrong[0];
    EXPECT_EQ(DetailOf(request.status()).violations(0).field(), wrong[0]);
  }
}

v1::CrossCheckResponse Word(const std::string& state, v1::CrossCheckOutcome outcome, int left) {
  v1::CrossCheckResponse word;
  word.set_cross_check_id("CHECK");
  word.set_state(state);
  word.set_outcome(outcome);
  word.set_states_asked(3);
  word.set_states_outstanding(left);
  return word;
}

TEST(ShowWord, TellsAHitWithWhomToAskAndHowToTreatIt) {
  auto word = Word("AR", v1::CROSS_CHECK_OUTCOME_HIT, 2);
  v1::Hit* hit = word.add_hits();
  hit->set_hit_id("HIT");
  hit->mutable_contact()->mutable_agency()->set_state("AR");
  hit->mutable_contact()->mutable_agency()->set_name("anmac");
  hit->mutable_contact()->set_email("enlace@ar.example");
  hit->set_needs_confirmation(true);
  hit->mutable_handling()->add_codes(v1::HANDLING_CODE_H1);
  EXPECT_EQ(ShowWord(word),
            "AR  hit  (1 of 3)\n"
            "    hit HIT: COMPARE WITH THE WEAPON BEFORE ACTING\n"
            "    ask AR: anmac, enlace@ar.example\n"
            "    handling: H1\n");
}

TEST(ShowSummary, NeverCountsSilenceAsNoHit) {
  auto away = Word("UY", v1::CROSS_CHECK_OUTCOME_UNAVAILABLE, 0);
  away.mutable_failure()->set_reason(v1::REASON_PEER_UNAVAILABLE);
  away.mutable_failure()->set_message("away");
  EXPECT_EQ(ShowWord(away), "UY  unavailable, PEER_UNAVAILABLE: away  (3 of 3)\n");
  EXPECT_EQ(ShowSummary({Word("AR", v1::CROSS_CHECK_OUTCOME_HIT, 2),
                         Word("AT", v1::CROSS_CHECK_OUTCOME_NO_HIT, 1), away}),
            "cross-check CHECK\n  hit: AR\n  no hit: AT\n  not known: UY\n");
}

TEST(ShowNotice, TellsTheOwnerWhoAskedAndForWhom) {
  v1::HitNotice notice;
  notice.set_side(v1::HIT_SIDE_OWNER);
  notice.set_record_number("4471/1998");
  notice.mutable_hit()->set_hit_id("HIT");
  notice.mutable_hit()->set_state("AR");
  notice.mutable_searcher()->set_state("BR");
  notice.mutable_searcher()->set_name("policia-federal");
  notice.mutable_on_behalf_of()->set_state("PY");
  notice.mutable_on_behalf_of()->set_name("policia-nacional");
  notice.mutable_searcher_contact()->set_phone("+556120248000");
  EXPECT_THAT(ShowNotice(notice), HasSubstr("record 4471/1998 of AR was hit by BR/policia-federal "
                                            "for PY/policia-nacional\n"));
  EXPECT_THAT(ShowNotice(notice), HasSubstr("+556120248000"));
}

TEST(ShowNotice, TellsTheSearcherWhichQuestionMetARecord) {
  v1::HitNotice notice;
  notice.set_side(v1::HIT_SIDE_SEARCHER);
  notice.set_cross_check_id("CHECK");
  notice.mutable_hit()->set_state("AR");
  EXPECT_THAT(ShowNotice(notice), StartsWith("your check CHECK met a record of AR\n"));
  notice.set_subscription_id("STANDING");
  EXPECT_THAT(ShowNotice(notice), StartsWith("your subscription STANDING met a record of AR\n"));
}

TEST(ShowNotice, TellsAFellowSearcherWhoElseAsksAndAboutWhichQuestion) {
  v1::HitNotice notice;
  notice.set_side(v1::HIT_SIDE_FELLOW_SEARCHER);
  notice.set_trace_id("TRACE");
  notice.set_subscription_id("STANDING");
  notice.mutable_searcher()->set_state("UY");
  notice.mutable_searcher()->set_name("policia");
  notice.mutable_searcher_contact()->mutable_agency()->set_name("enlace");
  notice.mutable_searcher_contact()->set_email("armas@uy.example");
  notice.mutable_hit()->mutable_handling()->add_codes(v1::HANDLING_CODE_H1);
  EXPECT_EQ(ShowNotice(notice),
            "UY/policia asks about what may be the same weapon: your trace TRACE, subscription "
            "STANDING\n    reach them: enlace, armas@uy.example\n    handling: H1\n");
}

absl::StatusOr<v1::SubscribeRequest> TypedStanding(std::vector<std::string> arguments) {
  CLI::App app;
  TypedSubscription typed;
  typed.AddTo(&app);
  app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  return SubscribeRequestOf(typed);
}

TEST(SubscribeRequestOf, TakesWhatWasTyped) {
  const auto request =
      TypedStanding({"--serial", "TKW48213", "--manufacturer", "Taurus", "--in", "AR", "UY",
                     "--use", "prosecution", "--justification", "its twin", "--until", "2026-12-31",
                     "--used-in-crime", "--not-confidential", "--on-behalf-of",
                     "PY/policia-nacional", "--request-id", "standing-1"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->request_id(), "standing-1");
  EXPECT_EQ(request->item().weapon().serial_number(), "TKW48213");
  EXPECT_THAT(request->in_states(), ElementsAre("AR", "UY"));
  EXPECT_EQ(request->intended_use(), v1::INTENDED_USE_PROSECUTION);
  EXPECT_TRUE(request->used_in_crime());
  EXPECT_EQ(request->confidentiality(), v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  EXPECT_EQ(request->expire_time().seconds(), 1798675200);
  EXPECT_EQ(request->on_behalf_of().name(), "policia-nacional");
}

TEST(SubscribeRequestOf, MakesAnIdAndNamesTheOptionThatIsWrong) {
  EXPECT_GE(TypedStanding({"--serial", "A1"})->request_id().size(), 8u);
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {"--use", "curiosity"}, {"--until", "soon"}, {"--on-behalf-of", "carabineros"}}) {
    const auto request = TypedStanding(wrong);
    ASSERT_FALSE(request.ok()) << wrong[0];
    EXPECT_EQ(DetailOf(request.status()).violations(0).field(), wrong[0]);
  }
}

TEST(ShowSubscription, SaysHowToHearAndHowToEnd) {
  v1::Subscription subscription;
  subscription.set_subscription_id("STANDING");
  subscription.set_state(v1::SUBSCRIPTION_STATE_ACTIVE);
  subscription.mutable_expire_time()->set_seconds(1798675200);
  EXPECT_EQ(ShowSubscription(subscription),
            "subscription STANDING  active, until 2026-12-31 00:00 UTC\n"
            "  hears: liaison watch --subscription STANDING\n"
            "  ends: liaison unsubscribe STANDING\n");
  subscription.set_state(v1::SUBSCRIPTION_STATE_ENDED);
  EXPECT_EQ(ShowSubscription(subscription),
            "subscription STANDING  ended, until 2026-12-31 00:00 UTC\n");
}

TEST(ShowLinks, SaysWhereNothingHangsTogether) {
  EXPECT_EQ(ShowLinks({}), "no links\n");
  v1::FindLinksResponse found;
  v1::Link* link = found.add_links();
  link->set_kind(v1::LINK_KIND_NEIGHBOURING_SERIAL);
  link->mutable_to_end()->set_trace_id("T2");
  link->mutable_to_end()->set_state("BR");
  link->set_basis("serials 4711 and 4713, same maker and model");
  EXPECT_EQ(ShowLinks(found),
            "neighbouring serial  trace T2 (BR): serials 4711 and 4713, same maker and model\n");
}

TEST(ShowState, TellsContactsHealthAndAgreements) {
  v1::State state;
  state.set_code("DE");
  state.set_name("Germany");
  state.add_succeeds("DDDE");
  state.mutable_health()->set_reachability(v1::REACHABILITY_SERVING);
  state.mutable_capabilities()->add_services("tracegate.v1.TraceService");
  v1::PointOfContact* contact = state.add_contacts();
  contact->mutable_agency()->set_name("bka");
  contact->add_purposes(v1::CONTACT_PURPOSE_TRACING);
  contact->add_languages("de");
  contact->set_always_staffed(true);
  v1::AgreementInForce* agreement = state.add_agreements();
  agreement->set_agreement_id("BR-DE-2021");
  agreement->set_asking_state("BR");
  agreement->set_answering_state("DE");
  agreement->set_legal_basis(v1::LEGAL_BASIS_BILATERAL);
  agreement->add_purposes(v1::INTENDED_USE_PROSECUTION);
  agreement->mutable_from_date()->set_year(2021);
  EXPECT_EQ(ShowState(state),
            "DE  Germany, DDDE\n"
            "  health: serving\n"
            "  can be asked: TraceService\n"
            "  contact for tracing: bka, de, always staffed\n"
            "  agreement BR-DE-2021  BR asks DE, bilateral, from 2021: prosecution\n");
  state.clear_agreements();
  EXPECT_THAT(ShowState(state), HasSubstr("no agreement with your State"));
}

}  // namespace
}  // namespace tracegate

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"
#include "protos/tracegate/failure.h"
#include "tests/integration/liaison/state_gateway.h"
#include "tracegate/v1/directory.pb.h"
#include "tracegate/v1/evidence.pb.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr char kCrossCheck[] = "/tracegate.v1.LiaisonService/CrossCheck";
constexpr char kWatchHits[] = "/tracegate.v1.LiaisonService/WatchHits";
constexpr char kSubscribe[] = "/tracegate.v1.LiaisonService/Subscribe";
constexpr absl::Duration kTimeout = absl::Seconds(30);

std::string AgreementRow(const std::string& asking, const std::string& answering,
                         bool cross_check) {
  return "  - {id: " + asking + "-" + answering + ", asking_state: " + asking +
         ", answering_state: " + answering +
         ", legal_basis: BILATERAL, purposes: [CRIMINAL_INVESTIGATION], disclose: [firearm], "
         "handling: [H1], valid_from: 2020-01-01, cross_check: " +
         (cross_check ? "true" : "false") + "}\n";
}

v1::CrossCheckRequest Question() {
  v1::CrossCheckRequest request;
  request.mutable_item()->mutable_weapon()->set_serial_number("TKW48213");
  request.mutable_item()->mutable_weapon()->mutable_manufacturer()->set_verbatim("Taurus");
  request.add_grounds(v1::ILLICIT_GROUND_NATIONAL_LAW);
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_justification("found with a gang that crosses the border");
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  request.mutable_on_behalf_of()->set_state("PY");
  request.mutable_on_behalf_of()->set_name("policia-nacional");
  return request;
}

// Brazil asks Argentina, which has the pistol, and Uruguay, which has not.
class ThreeStates : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(RequireTls13().ok());
    SetInfoLogged(false);
  }

  void SetUp() override {
    std::string name =
        (std::filesystem::temp_directory_path() / "tracegate-liaison.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    for (const char* state : {"BR", "AR", "UY"}) {
      roots_.emplace(state, Minted::Root(state));
      std::filesystem::create_directory(folder_ + "/" + state);
    }
  }

  void TearDown() override {
    brazil_.reset();
    argentina_.reset();
    uruguay_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::unique_ptr<StateGateway> Start(StateGateway::Options options) {
    options.folder = folder_ + "/" + options.state;
    return std::make_unique<StateGateway>(roots_, options);
  }

  // `opens`: whether Argentina's own agreement opens cross-checks.
  void StartAll(bool opens = true) {
    argentina_ = Start({.state = "AR",
                        .serials = {"TKW48213", "OTHER1"},
                        .agreements = AgreementRow("BR", "AR", opens),
                        .directory = "  - state: AR\n    contacts:\n      - agency: {state: AR, "
                                     "name: anmac}\n        purposes: [LIAISON]\n        email: "
                                     "enlace@ar.example\n"});
    uruguay_ =
        Start({.state = "UY", .serials = {"OTHER2"}, .agreements = AgreementRow("BR", "UY", true)});
    brazil_ = Start({.state = "BR",
                     .serials = {"OTHER3"},
                     .peers = {{"AR", argentina_->address()}, {"UY", uruguay_->address()}},
                     .agreements = AgreementRow("BR", "AR", true) + AgreementRow("BR", "UY", true),
                     .directory = "  - state: BR\n    contacts:\n      - agency: {state: BR, name: "
                                  "pf}\n        purposes: [LIAISON]\n        phone: "
                                  "\"+556120248000\"\n"});
  }

  // Each State's word, whose receipt must hold with Brazil's key.
  std::map<std::string, v1::CrossCheckResponse> Words(const v1::CrossCheckRequest& request) {
    std::map<std::string, v1::CrossCheckResponse> words;
    GatewayClient officer = brazil_->ClientAs("policia-federal/liaison");
    const auto status = officer.StreamRaw(
        kCrossCheck, request.SerializeAsString(), kTimeout, [&](const std::string& bytes) {
          v1::CrossCheckResponse word;
          EXPECT_TRUE(VerifyReply(bytes, brazil_->verifier_key()).ok());
          EXPECT_TRUE(word.ParseFromString(bytes));
          EXPECT_TRUE(words.emplace(word.state(), word).second) << word.state() << " spoke twice";
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
    return words;
  }

  absl::Status Refusal(GatewayClient client, const v1::CrossCheckRequest& request) {
    return client.StreamRaw(kCrossCheck, request.SerializeAsString(), kTimeout,
                            [](const std::string&) {
                              ADD_FAILURE() << "something was told";
                              return true;
                            });
  }

  // The first so many events that a State's liaison officer hears.
  std::vector<v1::WatchHitsResponse> Events(const StateGateway& gateway, const std::string& who,
                                            size_t count, const std::string& cursor = "") {
    std::vector<v1::WatchHitsResponse> events;
    v1::WatchHitsRequest request;
    request.set_cursor(cursor);
    GatewayClient client = gateway.ClientAs(who);
    const auto status = client.StreamRaw(
        kWatchHits, request.SerializeAsString(), kTimeout, [&](const std::string& bytes) {
          EXPECT_TRUE(VerifyReply(bytes, gateway.verifier_key()).ok());
          EXPECT_TRUE(events.emplace_back().ParseFromString(bytes));
          return events.size() < count;
        });
    EXPECT_TRUE(status.ok()) << status;
    return events;
  }

  std::vector<v1::EntryHeader> Headers(const StateGateway& gateway, const std::string& trace_id) {
    v1::ListEntriesRequest request;
    request.set_trace_id(trace_id);
    GatewayClient client = gateway.ClientAs("control/compliance");
    const auto list = client.Call<v1::ListEntriesResponse>(
        "/tracegate.v1.EvidenceService/ListEntries", request, kTimeout);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<v1::EntryHeader> headers;
    for (const auto& entry : list->entries()) headers.push_back(entry.parsed_header());
    return headers;
  }

  std::string folder_;
  Roots roots_;
  std::unique_ptr<StateGateway> brazil_;
  std::unique_ptr<StateGateway> argentina_;
  std::unique_ptr<StateGateway> uruguay_;
};

TEST_F(ThreeStates, TellWhoKnowsAWeaponAndWhomToAskAndNothingOfTheRecord) {
  StartAll();
  const auto words = Words(Question());
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_EQ(words.at("UY").outcome(), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  const v1::CrossCheckResponse& argentina = words.at("AR");
  ASSERT_EQ(argentina.outcome(), v1::CROSS_CHECK_OUTCOME_HIT);
  ASSERT_EQ(argentina.hits_size(), 1);
  EXPECT_EQ(argentina.hits(0).contact().email(), "enlace@ar.example");
  EXPECT_FALSE(argentina.hits(0).needs_confirmation());
  EXPECT_THAT(argentina.hits(0).handling().codes(), ElementsAre(v1::HANDLING_CODE_H1));
  v1::CrossCheckResponse told = argentina;
  told.clear_receipt();
  EXPECT_EQ(told.DebugString().find("rec-"), std::string::npos);
  EXPECT_EQ(told.DebugString().find("TKW"), std::string::npos);
  std::set<v1::EntryKind> kinds;
  for (const auto& header : Headers(*brazil_, argentina.cross_check_id())) {
    kinds.insert(header.kind());
  }
  EXPECT_EQ(kinds,
            (std::set<v1::EntryKind>{v1::ENTRY_KIND_REQUEST_RECEIVED, v1::ENTRY_KIND_HOP_ASKED,
                                     v1::ENTRY_KIND_HOP_ANSWERED, v1::ENTRY_KIND_ANSWER_DISCLOSED,
                                     v1::ENTRY_KIND_HIT_NOTIFIED}));
}

TEST_F(ThreeStates, TellTheOwnerWhoHitItsRecordAndTheSearcherWhichCheckDid) {
  StartAll();
  const auto words = Words(Question());
  const auto owner = Events(*argentina_, "anmac/liaison", 1);
  ASSERT_THAT(owner, SizeIs(1));
  EXPECT_EQ(owner[0].hit().side(), v1::HIT_SIDE_OWNER);
  EXPECT_EQ(owner[0].hit().record_number(), "rec-TKW48213");
  EXPECT_EQ(owner[0].hit().searcher().state(), "BR");
  EXPECT_EQ(owner[0].hit().searcher().name(), "policia-federal");
  EXPECT_EQ(owner[0].hit().on_behalf_of().name(), "policia-nacional");
  const auto searcher = Events(*brazil_, "policia-federal/liaison", 1);
  ASSERT_THAT(searcher, SizeIs(1));
  EXPECT_EQ(searcher[0].hit().side(), v1::HIT_SIDE_SEARCHER);
  EXPECT_EQ(searcher[0].hit().cross_check_id(), words.at("AR").cross_check_id());
  EXPECT_EQ(searcher[0].hit().hit().hit_id(), owner[0].hit().hit().hit_id());
  // From the cursor on only what came behind it.
  Words(Question());
  const auto later = Events(*argentina_, "anmac/liaison", 1, owner[0].cursor());
  ASSERT_THAT(later, SizeIs(1));
  EXPECT_NE(later[0].hit().hit().hit_id(), owner[0].hit().hit().hit_id());
}

TEST_F(ThreeStates, TellASubscriberWhoKnowsTheWeaponAndOnlyOnce) {
  StartAll();
  v1::SubscribeRequest request;
  request.set_request_id("standing-1");
  *request.mutable_item() = Question().item();
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_justification("its twin was found with a gang");
  request.set_used_in_crime(true);
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  request.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(absl::Now() + absl::Hours(24)));
  GatewayClient officer = brazil_->ClientAs("policia-federal/liaison");
  const auto reply = officer.CallRaw(kSubscribe, request.SerializeAsString(), kTimeout);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_TRUE(VerifyReply(*reply, brazil_->verifier_key()).ok());
  v1::Subscription subscription;
  ASSERT_TRUE(subscription.ParseFromString(*reply));
  const auto told = Events(*brazil_, "policia-federal/liaison", 1);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].subscription_id(), subscription.subscription_id());
  EXPECT_EQ(told[0].hit().hit().state(), "AR");
  const auto owner = Events(*argentina_, "anmac/liaison", 1);
  ASSERT_THAT(owner, SizeIs(1));
  EXPECT_EQ(owner[0].hit().searcher().name(), "policia-federal");
  // The same bytes get the same reply.
  const auto again = officer.CallRaw(kSubscribe, request.SerializeAsString(), kTimeout);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, *reply);
  // It ends, and a registry's officer may not subscribe at all.
  v1::SubscribeRequest end;
  end.set_request_id("the-end-1");
  end.set_subscription_id(subscription.subscription_id());
  end.mutable_expire_time();
  const auto ended = officer.Call<v1::Subscription>(kSubscribe, end, kTimeout);
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_EQ(ended->state(), v1::SUBSCRIPTION_STATE_ENDED);
  GatewayClient registrar = brazil_->ClientAs("policia-federal/registry");
  EXPECT_EQ(DetailOf(registrar.CallRaw(kSubscribe, request.SerializeAsString(), kTimeout).status())
                .reason(),
            v1::REASON_ROLE_NOT_ALLOWED);
}

TEST_F(ThreeStates, TellAGatewayThatIsAwayAsUnavailable) {
  StartAll();
  argentina_->Stop();
  const auto words = Words(Question());
  EXPECT_EQ(words.at("AR").outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
  EXPECT_NE(words.at("AR").failure().reason(), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(words.at("UY").outcome(), v1::CROSS_CHECK_OUTCOME_NO_HIT);
  v1::GetStateRequest request;
  request.set_code("AR");
  GatewayClient officer = brazil_->ClientAs("policia-federal/liaison");
  auto state =
      officer.Call<v1::State>("/tracegate.v1.DirectoryService/GetState", request, kTimeout);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->health().reachability(), v1::REACHABILITY_UNREACHABLE);
  request.set_code("UY");
  state = officer.Call<v1::State>("/tracegate.v1.DirectoryService/GetState", request, kTimeout);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->health().reachability(), v1::REACHABILITY_SERVING);
  EXPECT_EQ(state->name(), "Uruguay");
  ASSERT_EQ(state->agreements_size(), 1);
  EXPECT_EQ(state->agreements(0).agreement_id(), "BR-UY");
}

TEST_F(ThreeStates, TellThatARegistryCannotBeReadAndNotThatNothingIsThere) {
  StartAll();
  std::filesystem::remove(folder_ + "/AR/AR.db");
  const auto words = Words(Question());
  EXPECT_EQ(words.at("AR").outcome(), v1::CROSS_CHECK_OUTCOME_UNAVAILABLE);
}

TEST_F(ThreeStates, KeepToTheAgreementOfTheStateAskedWhateverTheAskerBelieves) {
  StartAll(/*opens=*/false);
  const auto words = Words(Question());
  EXPECT_EQ(words.at("AR").outcome(), v1::CROSS_CHECK_OUTCOME_NO_AGREEMENT);
  EXPECT_EQ(words.at("AR").hits_size(), 0);
  EXPECT_EQ(words.at("UY").outcome(), v1::CROSS_CHECK_OUTCOME_NO_HIT);
}

TEST_F(ThreeStates, RefuseWhoeverMayNotAskAndRecordIt) {
  StartAll();
  EXPECT_EQ(DetailOf(Refusal(brazil_->ClientAs("policia-federal/registry"), Question())).reason(),
            v1::REASON_ROLE_NOT_ALLOWED);
  v1::CrossCheckRequest blinded = Question();
  blinded.mutable_blinded()->set_suite("P256-SHA256");
  const absl::Status refused = Refusal(brazil_->ClientAs("policia-federal/liaison"), blinded);
  EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("no blinded checks"));
  // Uruguay's gateway asks Argentina's, without an agreement.
  v1::CrossCheckRequest request = Question();
  request.add_to_states("AR");
  request.mutable_requesting_agency()->set_state("UY");
  request.mutable_requesting_agency()->set_name("policia");
  EXPECT_EQ(DetailOf(Refusal(argentina_->ClientAs("UY", "gateway/peer"), request)).reason(),
            v1::REASON_NO_AGREEMENT);
  v1::ListEntriesRequest list;
  list.add_kinds(v1::ENTRY_KIND_CALL_REFUSED);
  GatewayClient compliance = argentina_->ClientAs("control/compliance");
  const auto refusals = compliance.Call<v1::ListEntriesResponse>(
      "/tracegate.v1.EvidenceService/ListEntries", list, kTimeout);
  ASSERT_TRUE(refusals.ok()) << refusals.status();
  ASSERT_EQ(refusals->entries_size(), 1);
  EXPECT_EQ(refusals->entries(0).parsed_header().reason(), "NO_AGREEMENT");
  EXPECT_EQ(refusals->entries(0).parsed_header().content_bytes(),
            static_cast<int64_t>(request.ByteSizeLong()));
}

}  // namespace
}  // namespace tracegate

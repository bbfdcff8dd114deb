#include "gateway/directory/directory.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/policy/example_agreement.h"
#include "tests/gateway/tracing/example_trace.h"
#include "tests/gateway/tracing/fake_registry.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'780'000'000);  // 2026-05-28

// Brazil's directory: its own registry, the peers Germany and Austria, and Portugal, of which a contact alone is known.
class DirectoryTest : public testing::Test {
 protected:
  DirectoryTest() {
    config::v1::DirectoryState& portugal = *states_.Add();
    portugal.set_state("PT");
    v1::PointOfContact* contact = portugal.add_contacts();
    contact->mutable_agency()->set_state("PT");
    contact->mutable_agency()->set_name("psp");
    contact->add_purposes(v1::CONTACT_PURPOSE_LIAISON);
    contact->set_email("armas@pt.example");
    book_.Replace(*DirectoryBook::Create(states_, kNow - absl::Hours(1)));
  }

  std::unique_ptr<RegistryTable> Registries() {
    std::vector<Registry> registries;
    for (const char* state : {"BR", "DE", "AT"}) {
      Registry& registry = registries.emplace_back();
      registry.name = std::string("registry-") + state;
      registry.state = state;
      registry.is_peer = registry.state != "BR";
      registry.adapter = std::make_unique<FakeRegistry>(std::make_shared<RegistryScript>());
      registry.standing = [this, state] { return standing_[state]; };
    }
    return std::make_unique<RegistryTable>(std::set<std::string, std::less<>>{"BR"},
                                           std::move(registries));
  }

  void Agree(std::vector<config::v1::Agreement> agreements) {
    const google::protobuf::RepeatedPtrField<config::v1::Agreement> list(agreements.begin(),
                                                                         agreements.end());
    agreements_.Replace(*AgreementBook::Create(list));
  }

  absl::StatusOr<v1::State> Get(const std::string& code) {
    v1::GetStateRequest request;
    request.set_code(code);
    return directory_.GetState(officer_, request);
  }

  v1::ListStatesResponse List(const v1::ListStatesRequest& request = {}) {
    auto list = directory_.ListStates(officer_, request);
    EXPECT_TRUE(list.ok()) << list.status();
    return list.ok() ? *list : v1::ListStatesResponse();
  }

  static std::vector<std::string> CodesOf(const v1::ListStatesResponse& list) {
    std::vector<std::string> codes;
    for (const v1::State& state : list.states()) codes.push_back(state.code());
    return codes;
  }

  v1::Reason Refusal(const v1::ListStatesRequest& request) {
    const auto list = directory_.ListStates(officer_, request);
    return list.ok() ? v1::REASON_UNSPECIFIED : DetailOf(list.status()).reason();
  }

  const Caller officer_ = ExampleCaller("BR", "policia-federal", Role::kRegistry);
  std::map<std::string, RegistryStanding> standing_;
  std::unique_ptr<RegistryTable> registries_ = Registries();
  google::protobuf::RepeatedPtrField<config::v1::DirectoryState> states_;
  Current<AgreementBook> agreements_{*AgreementBook::Create({})};
  Current<DirectoryBook> book_{nullptr};
  Directory directory_{{registries_.get(), &agreements_, &book_, [] { return kNow; }}};
};

TEST_F(DirectoryTest, ListsWhomItCanAskAndOfWhomItKnowsContactsByCode) {
  EXPECT_THAT(CodesOf(List()), ElementsAre("AT", "BR", "DE", "PT"));
  v1::ListStatesRequest served;
  served.set_served_only(true);
  EXPECT_THAT(CodesOf(List(served)), ElementsAre("AT", "BR", "DE"));
  v1::ListStatesRequest tracing;
  tracing.set_service("tracegate.v1.TraceService");
  EXPECT_THAT(CodesOf(List(tracing)), ElementsAre("AT", "BR", "DE"));
  tracing.set_service("tracegate.v1.LiaisonService");
  EXPECT_THAT(CodesOf(List(tracing)), ElementsAre("BR"));
  tracing.set_service("tracegate.v1.TransferService");
  EXPECT_THAT(CodesOf(List(tracing)), ElementsAre());
}

TEST_F(DirectoryTest, GoesOnWhereThePageBeforeEnded) {
  v1::ListStatesRequest request;
  request.set_page_size(3);
  const auto first = List(request);
  EXPECT_THAT(CodesOf(first), ElementsAre("AT", "BR", "DE"));
  request.set_page_token(first.next_page_token());
  const auto second = List(request);
  EXPECT_THAT(CodesOf(second), ElementsAre("PT"));
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(DirectoryTest, RefusesATokenOfAnotherListAndAPageSizeOutOfBounds) {
  v1::ListStatesRequest request;
  request.set_page_size(1);
  request.set_page_token(List(request).next_page_token());
  EXPECT_EQ(Refusal(request), v1::REASON_UNSPECIFIED);
  request.set_served_only(true);
  EXPECT_EQ(Refusal(request), v1::REASON_PAGE_TOKEN_INVALID);
  request.set_page_token("no token");
  EXPECT_EQ(Refusal(request), v1::REASON_PAGE_TOKEN_INVALID);
  request.clear_page_token();
  request.set_page_size(200);
  EXPECT_EQ(Refusal(request), v1::REASON_UNSPECIFIED);
  request.set_page_size(201);
  EXPECT_EQ(Refusal(request), v1::REASON_FIELD_INVALID);
  request.set_page_size(-1);
  EXPECT_EQ(Refusal(request), v1::REASON_FIELD_INVALID);
}

TEST_F(DirectoryTest, EndsAPageThatGrowsTooLarge) {
  for (const char* code : {"DE", "AT"}) {
    config::v1::DirectoryState& state = *states_.Add();
    state.set_state(code);
    for (int i = 0; i < 256; ++i) {
      state.add_marking_practices()->set_kind(v1::MARK_KIND_IMPORT);
      state.mutable_marking_practices(i)->set_description(std::string(2048, 'd'));
    }
  }
  book_.Replace(*DirectoryBook::Create(states_, kNow));
  v1::ListStatesRequest request;
  std::vector<std::string> codes;
  int pages = 0;
  do {
    const auto page = List(request);
    EXPECT_LT(page.ByteSizeLong(), (1u << 20) + 100);
    for (const std::string& code : CodesOf(page)) codes.push_back(code);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && ++pages < 10);
  EXPECT_THAT(codes, ElementsAre("AT", "BR", "DE", "PT"));
  EXPECT_EQ(pages, 1);
}

TEST_F(DirectoryTest, TellsNameContactsAndFormerStates) {
  const auto portugal = Get("PT");
  ASSERT_TRUE(portugal.ok()) << portugal.status();
  EXPECT_EQ(portugal->name(), "Portugal");
  ASSERT_EQ(portugal->contacts_size(), 1);
  EXPECT_EQ(portugal->contacts(0).email(), "armas@pt.example");
  EXPECT_EQ(portugal->health().reachability(), v1::REACHABILITY_CONTACT_ONLY);
  EXPECT_FALSE(portugal->has_capabilities());
  EXPECT_EQ(portugal->update_time().seconds(), absl::ToUnixSeconds(kNow - absl::Hours(1)));
  EXPECT_THAT(Get("DE")->succeeds(), ElementsAre("DDDE"));
}

TEST_F(DirectoryTest, GivesAKnownSuccessorForAFormerState) {
  const auto former = Get("DDDE");
  ASSERT_TRUE(former.ok()) << former.status();
  EXPECT_EQ(former->code(), "DE");
}

TEST_F(DirectoryTest, RefusesWhatIsNoStateAndAStateOfWhichNothingIsKnown) {
  EXPECT_EQ(DetailOf(Get("").status()).reason(), v1::REASON_FIELD_REQUIRED);
  EXPECT_EQ(DetailOf(Get("XX").status()).reason(), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(DetailOf(Get("FR").status()).reason(), v1::REASON_STATE_NOT_SERVED);
  EXPECT_EQ(DetailOf(Get("SUHH").status()).reason(), v1::REASON_STATE_NOT_SERVED);
}

TEST_F(DirectoryTest, TellsAgreementsInForceWithTheCallersStateEitherWayAndNoOthers) {
  auto past = ExampleAgreement("BR", "DE");
  past.set_id("past");
  past.set_valid_until("2026-05-27");
  auto secret = ExampleAgreement("BR", "DE");
  secret.set_restrictions("not for anybody to read");
  Agree({past, secret, ExampleAgreement("DE", "BR"), ExampleAgreement("AT", "DE")});
  const auto germany = Get("DE");
  ASSERT_TRUE(germany.ok()) << germany.status();
  ASSERT_EQ(germany->agreements_size(), 2);
  EXPECT_EQ(germany->agreements(0).agreement_id(), "BR-asks-DE");
  EXPECT_EQ(germany->agreements(0).legal_basis(), v1::LEGAL_BASIS_ITI);
  EXPECT_THAT(germany->agreements(0).purposes(),
              ElementsAre(v1::INTENDED_USE_CRIMINAL_INVESTIGATION));
  EXPECT_EQ(germany->agreements(0).from_date().year(), 2026);
  EXPECT_EQ(germany->agreements(0).to_date().day(), 31);
  EXPECT_EQ(germany->agreements(1).agreement_id(), "DE-asks-BR");
  EXPECT_EQ(germany->DebugString().find("not for anybody"), std::string::npos);
  EXPECT_EQ(Get("BR")->agreements_size(), 0);
}

TEST_F(DirectoryTest, TellsAnAgreementOnItsLastDay) {
  auto last = ExampleAgreement("BR", "DE");
  last.set_valid_until("2026-05-28");
  Agree({last});
  EXPECT_EQ(Get("DE")->agreements_size(), 1);
}

TEST_F(DirectoryTest, TellsWhetherAStateAnswersAsItsBreakerLastFoundOut) {
  EXPECT_EQ(Get("DE")->health().reachability(), v1::REACHABILITY_UNKNOWN);
  EXPECT_FALSE(Get("DE")->health().has_check_time());
  standing_["DE"].last_answer = kNow - absl::Minutes(2);
  EXPECT_EQ(Get("DE")->health().reachability(), v1::REACHABILITY_SERVING);
  EXPECT_EQ(Get("DE")->health().last_answer_time().seconds(),
            absl::ToUnixSeconds(kNow - absl::Minutes(2)));
  standing_["DE"].last_failure = kNow - absl::Minutes(1);
  EXPECT_EQ(Get("DE")->health().reachability(), v1::REACHABILITY_UNREACHABLE);
  EXPECT_EQ(Get("DE")->health().check_time().seconds(),
            absl::ToUnixSeconds(kNow - absl::Minutes(1)));
  EXPECT_FALSE(Get("DE")->health().has_next_attempt_time());
  standing_["DE"].rests = true;
  standing_["DE"].asked_again = kNow + absl::Seconds(8);
  EXPECT_EQ(Get("DE")->health().next_attempt_time().seconds(),
            absl::ToUnixSeconds(kNow + absl::Seconds(8)));
  EXPECT_THAT(Get("DE")->health().message(), HasSubstr("rest"));
  EXPECT_EQ(Get("AT")->health().reachability(), v1::REACHABILITY_UNKNOWN);
}

}  // namespace
}  // namespace tracegate

#include "gateway/cli/policy_explanation.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/policy/example_agreement.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::Not;

Caller Officer(const std::string& state, Role role = Role::kRegistry) {
  Caller caller;
  caller.state = state;
  caller.agency = "policia";
  caller.role = role;
  return caller;
}

PolicyQuestion Ask(const std::string& to_state) {
  PolicyQuestion question{"/tracegate.v1.TraceService/CreateTrace", to_state, {}, absl::Time()};
  question.request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  question.request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  question.at = absl::FromCivil(absl::CivilDay(2026, 6, 15), absl::UTCTimeZone());
  return question;
}

class PolicyExplanation : public testing::Test {
 protected:
  PolicyExplanation() {
    config_.mutable_limits()->set_calls_per_minute(6000);
    auto ended = ExampleAgreement("AR", "BR");
    ended.set_id("ended");
    ended.set_valid_until("2026-01-31");
    auto decides = ExampleAgreement("AR", "BR", {"record_number", "firearm"});
    decides.add_handling(v1::HANDLING_CODE_H2);
    decides.set_source_evaluation("B");
    decides.mutable_quota()->set_per_day(40);
    *config_.add_agreements() = ended;
    *config_.add_agreements() = decides;
    book_ = *AgreementBook::Create(config_.agreements());
  }
  nlohmann::json Explained(const absl::StatusOr<Caller>& caller, const PolicyQuestion& question) {
    return ExplainPolicy(config_, *book_, caller, question);
  }

  config::v1::GatewayConfig config_;
  std::unique_ptr<AgreementBook> book_;
};

TEST_F(PolicyExplanation, SaysWhichAgreementDecidesAndWhatItTells) {
  const auto out = Explained(Officer("AR"), Ask("BR"));
  EXPECT_EQ(out["verdict"], "allowed");
  EXPECT_EQ(out["agreement"]["id"], "AR-asks-BR");
  ASSERT_EQ(out["considered"].size(), 2u);
  EXPECT_EQ(out["considered"][0]["fits"], false);
  EXPECT_THAT(out["considered"][0]["why"].get<std::string>(), HasSubstr("not valid today"));
  EXPECT_EQ(out["considered"][1]["why"], "decides");
  EXPECT_THAT(out["told"].dump(), HasSubstr("firearm.serial_number"));
  EXPECT_THAT(out["told"].dump(), Not(HasSubstr("holder")));
  EXPECT_THAT(out["withheld"].dump(), HasSubstr("holder.name"));
  const std::string text = PolicyText(out);
  EXPECT_THAT(text, HasSubstr("handling: H2; recipients: the requesting agency; evaluation B"));
  EXPECT_THAT(text, HasSubstr("quota: unbounded questions a minute, 40 a day"));
}

TEST_F(PolicyExplanation, RefusesWithTheReasonThatTheCallWouldGet) {
  const auto stranger = Explained(Failure(v1::REASON_CERTIFICATE_UNTRUSTED, "no path"), Ask("BR"));
  EXPECT_EQ(stranger["verdict"], "refused");
  EXPECT_EQ(stranger["reason"], "CERTIFICATE_UNTRUSTED");
  const auto admin = Explained(Officer("AR", Role::kAdmin), Ask("BR"));
  EXPECT_EQ(admin["reason"], "ROLE_NOT_ALLOWED");
  EXPECT_EQ(admin["agreement"]["id"], "AR-asks-BR");  // the rest is explained all the same
  EXPECT_EQ(Explained(Officer("AR"), Ask("CL"))["reason"], "NO_AGREEMENT");
  PolicyQuestion unguaranteed = Ask("BR");
  unguaranteed.method = "/tracegate.v1.TraceService/Nothing";
  EXPECT_EQ(Explained(Officer("AR"), unguaranteed)["reason"], "METHOD_UNKNOWN");
}

TEST_F(PolicyExplanation, NeedsNoAgreementForTheOwnStateOrWhereNoStateIsAsked) {
  EXPECT_EQ(Explained(Officer("BR"), Ask("BR"))["verdict"], "allowed");
  EXPECT_EQ(Explained(Officer("CL"), Ask(""))["verdict"], "allowed");
}

TEST_F(PolicyExplanation, SaysOfACrossCheckWhetherItIsOpenedAndThatNoFieldIsTold) {
  PolicyQuestion question = Ask("BR");
  question.method = "/tracegate.v1.LiaisonService/CrossCheck";
  const Caller liaison = Officer("AR", Role::kLiaison);
  const auto closed = Explained(liaison, question);
  EXPECT_EQ(closed["reason"], "NO_AGREEMENT");
  EXPECT_THAT(closed["considered"][1]["why"].get<std::string>(),
              HasSubstr("does not open cross-checks"));
  config_.mutable_agreements(1)->set_cross_check(true);
  book_ = *AgreementBook::Create(config_.agreements());
  const auto open = Explained(liaison, question);
  EXPECT_EQ(open["verdict"], "allowed");
  EXPECT_TRUE(open["told"].empty());
  EXPECT_THAT(open["withheld"].dump(), HasSubstr("firearm.serial_number"));
  EXPECT_EQ(open["handling"]["codes"].size(), 1u);
  EXPECT_EQ(Explained(Officer("AR"), question)["reason"], "ROLE_NOT_ALLOWED");
}

}  // namespace
}  // namespace tracegate

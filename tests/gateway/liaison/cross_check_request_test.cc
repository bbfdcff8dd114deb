#include "gateway/liaison/cross_check_request.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/liaison/example_check.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

struct Mistake {
  std::string field;
  v1::Reason reason;
  std::function<void(v1::CrossCheckRequest*)> make;
};

TEST(CheckCrossCheck, NamesTheFieldOfWhatIsMissingOrWrong) {
  const std::vector<Mistake> mistakes = {
      {"item", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_item(); }},
      {"grounds", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_grounds(); }},
      {"grounds", v1::REASON_FIELD_INVALID,
       [](auto* r) { r->add_grounds(v1::ILLICIT_GROUND_UNSPECIFIED); }},
      {"intended_use", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_intended_use(); }},
      {"justification", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_justification(); }},
      {"confidentiality", v1::REASON_FIELD_REQUIRED, [](auto* r) { r->clear_confidentiality(); }},
      {"handling.restrictions", v1::REASON_FIELD_REQUIRED,
       [](auto* r) { r->mutable_handling()->add_codes(v1::HANDLING_CODE_H3); }},
      {"on_behalf_of.state", v1::REASON_FIELD_INVALID,
       [](auto* r) { r->mutable_on_behalf_of()->set_name("carabineros"); }},
      {"on_behalf_of.name", v1::REASON_FIELD_REQUIRED,
       [](auto* r) { r->mutable_on_behalf_of()->set_state("CL"); }},
      {"to_states[0]", v1::REASON_FIELD_INVALID, [](auto* r) { r->add_to_states("XX"); }},
      {"to_states[0]", v1::REASON_FIELD_INVALID, [](auto* r) { r->add_to_states("DDDE"); }},
      {"to_states[1]", v1::REASON_FIELD_INVALID,
       [](auto* r) {
         r->add_to_states("DE");
         r->add_to_states("DE");
       }},
      {"blinded", v1::REASON_FIELD_INVALID,
       [](auto* r) { r->mutable_blinded()->set_suite("P256-SHA256"); }},
  };
  for (const Mistake& mistake : mistakes) {
    v1::CrossCheckRequest request = ExampleCheck();
    mistake.make(&request);
    const v1::FailureDetail detail = DetailOf(CheckCrossCheck(request));
    EXPECT_EQ(detail.reason(), mistake.reason) << mistake.field;
    ASSERT_EQ(detail.violations_size(), 1) << mistake.field;
    EXPECT_EQ(detail.violations(0).field(), mistake.field);
  }
}

TEST(CheckCrossCheck, TakesWhatIsOneStepFromThose) {
  EXPECT_TRUE(CheckCrossCheck(ExampleCheck()).ok());
  v1::CrossCheckRequest lawful = ExampleCheck();
  lawful.clear_grounds();
  lawful.set_used_in_crime(true);
  lawful.add_to_states("DE");
  lawful.add_to_states("AT");
  lawful.mutable_on_behalf_of()->set_state("CL");
  lawful.mutable_on_behalf_of()->set_name("carabineros");
  lawful.mutable_handling()->add_codes(v1::HANDLING_CODE_H3);
  lawful.mutable_handling()->set_restrictions("for the joint team alone");
  EXPECT_TRUE(CheckCrossCheck(lawful).ok()) << CheckCrossCheck(lawful);
}

TEST(CheckCrossCheck, TellsAllThatIsWrongAtOnce) {
  const v1::FailureDetail detail = DetailOf(CheckCrossCheck({}));
  EXPECT_EQ(detail.violations_size(), 5);
}

TEST(CheckMarksOf, StopsMarksOfWhichNoHitWouldBeUntrue) {
  v1::Item item = ExampleCheck().item();
  EXPECT_TRUE(CheckMarksOf(ItemReading(item)).ok());
  item.mutable_weapon()->clear_serial_number();
  const absl::Status refused = CheckMarksOf(ItemReading(item));
  EXPECT_EQ(DetailOf(refused).reason(), v1::REASON_QUALITY_GATE);
  EXPECT_THAT(DetailOf(refused).violations(0).field(), HasSubstr("item.weapon.serial_number"));
}

TEST(QuestionTo, IsTheSameQuestionToThatStateAlone) {
  v1::CrossCheckRequest request = ExampleCheckFrom("AR", "BR");
  request.mutable_on_behalf_of()->set_state("CL");
  const v1::TraceRequest question = QuestionTo("BR", request);
  EXPECT_EQ(question.to_state(), "BR");
  EXPECT_EQ(question.item().weapon().serial_number(), "ABC123");
  EXPECT_EQ(question.requesting_agency().name(), "liaison-bureau");
  EXPECT_EQ(question.on_behalf_of().state(), "CL");
  EXPECT_EQ(question.intended_use(), request.intended_use());
  EXPECT_EQ(question.confidentiality(), request.confidentiality());
}

}  // namespace
}  // namespace tracegate

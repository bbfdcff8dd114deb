#include "gateway/policy/agreement_book.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/policy/example_agreement.h"

namespace tracegate {
namespace {

using config::v1::Agreement;
using testing::HasSubstr;

absl::StatusOr<std::unique_ptr<AgreementBook>> BookOf(const std::vector<Agreement>& agreements) {
  google::protobuf::RepeatedPtrField<Agreement> list(agreements.begin(), agreements.end());
  return AgreementBook::Create(list);
}

v1::TraceRequest Question() {
  v1::TraceRequest request;
  request.set_intended_use(v1::INTENDED_USE_CRIMINAL_INVESTIGATION);
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  return request;
}

absl::Time At(const std::string& utc) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, utc, &time, &error)) << error;
  return time;
}

const absl::Time kMidYear = At("2026-06-15T12:00:00Z");

// The reason why `asking` may not ask `answering`; UNSPECIFIED where it may.
v1::Reason Refusal(const AgreementBook& book, const std::string& asking,
                   const std::string& answering, const v1::TraceRequest& request = Question(),
                   absl::Time now = kMidYear) {
  const auto found = book.Find(asking, answering, request, now);
  return found.ok() ? v1::REASON_UNSPECIFIED : DetailOf(found.status()).reason();
}

TEST(AgreementBook, FindsTheAgreementOfTheTwoStates) {
  auto book = BookOf({ExampleAgreement("AR", "BR"), ExampleAgreement("AR", "CL")});
  ASSERT_TRUE(book.ok()) << book.status();
  auto found = (*book)->Find("AR", "CL", Question(), kMidYear);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ((*found)->id(), "AR-asks-CL");
}

TEST(AgreementBook, LetsOneSideAskWithoutLettingTheOther) {
  auto book = BookOf({ExampleAgreement("AR", "BR")});
  ASSERT_TRUE(book.ok());
  EXPECT_EQ(Refusal(**book, "AR", "BR"), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Refusal(**book, "BR", "AR"), v1::REASON_NO_AGREEMENT);
  EXPECT_EQ(Refusal(**book, "AR", "CL"), v1::REASON_NO_AGREEMENT);
  EXPECT_EQ(Refusal(**book, "", ""), v1::REASON_NO_AGREEMENT);
}

TEST(AgreementBook, LetsNobodyAskWhereItIsEmpty) {
  auto book = BookOf({});
  ASSERT_TRUE(book.ok());
  EXPECT_EQ(Refusal(**book, "AR", "BR"), v1::REASON_NO_AGREEMENT);
}

TEST(AgreementBook, CountsTheFirstAndTheLastDayAsValidInUtc) {
  auto book = BookOf({ExampleAgreement("AR", "BR")});
  ASSERT_TRUE(book.ok());
  const auto refusal = [&](const std::string& at) {
    return Refusal(**book, "AR", "BR", Question(), At(at));
  };
  EXPECT_EQ(refusal("2025-12-31T23:59:59Z"), v1::REASON_NO_AGREEMENT);
  EXPECT_EQ(refusal("2026-01-01T00:00:00Z"), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(refusal("2026-12-31T23:59:59Z"), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(refusal("2027-01-01T00:00:00Z"), v1::REASON_NO_AGREEMENT);
}

TEST(AgreementBook, NeverEndsAnAgreementWithoutALastDay) {
  Agreement open = ExampleAgreement("AR", "BR");
  open.clear_valid_until();
  auto book = BookOf({open});
  ASSERT_TRUE(book.ok());
  EXPECT_EQ(Refusal(**book, "AR", "BR", Question(), At("2999-01-01T00:00:00Z")),
            v1::REASON_UNSPECIFIED);
}

TEST(AgreementBook, SaysWhyNoAgreementCovers) {
  auto book = BookOf({ExampleAgreement("AR", "BR")});
  ASSERT_TRUE(book.ok());
  EXPECT_THAT(std::string((*book)->Find("CL", "BR", Question(), kMidYear).status().message()),
              HasSubstr("there is none"));
  EXPECT_THAT(
      std::string(
          (*book)->Find("AR", "BR", Question(), At("2030-01-01T00:00:00Z")).status().message()),
      HasSubstr("not valid today"));
}

TEST(AgreementBook, CoversOnlyThePurposesItNames) {
  auto book = BookOf({ExampleAgreement("AR", "BR")});
  ASSERT_TRUE(book.ok());
  v1::TraceRequest request = Question();
  for (const auto use : {v1::INTENDED_USE_UNSPECIFIED, v1::INTENDED_USE_PROSECUTION,
                         v1::INTENDED_USE_EXPORT_CONTROL}) {
    request.set_intended_use(use);
    EXPECT_EQ(Refusal(**book, "AR", "BR", request), v1::REASON_NO_AGREEMENT) << use;
  }
}

TEST(AgreementBook, FindsTheSecondAgreementWhereTheFirstDoesNotCover) {
  Agreement other = ExampleAgreement("AR", "BR");
  other.set_id("for-prosecution");
  other.set_purposes(0, v1::INTENDED_USE_PROSECUTION);
  auto book = BookOf({ExampleAgreement("AR", "BR"), other});
  ASSERT_TRUE(book.ok());
  v1::TraceRequest request = Question();
  request.set_intended_use(v1::INTENDED_USE_PROSECUTION);
  auto found = (*book)->Find("AR", "BR", request, kMidYear);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ((*found)->id(), "for-prosecution");
}

TEST(AgreementBook, RequiresTheGuaranteeWhereTheAgreementDoes) {
  Agreement strict = ExampleAgreement("AR", "BR");
  strict.set_requires_confidentiality(true);
  auto book = BookOf({strict, ExampleAgreement("AR", "CL")});
  ASSERT_TRUE(book.ok());
  v1::TraceRequest request = Question();
  EXPECT_EQ(Refusal(**book, "AR", "BR", request), v1::REASON_UNSPECIFIED);
  for (const auto guarantee :
       {v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE, v1::CONFIDENTIALITY_GUARANTEE_UNSPECIFIED}) {
    request.set_confidentiality(guarantee);
    EXPECT_EQ(Refusal(**book, "AR", "BR", request), v1::REASON_CONFIDENTIALITY_NOT_GUARANTEED);
    EXPECT_EQ(Refusal(**book, "AR", "CL", request), v1::REASON_UNSPECIFIED);
  }
}

TEST(AgreementBook, FindsAnAgreementWithoutTheGuaranteeBehindOneThatRequiresIt) {
  Agreement strict = ExampleAgreement("AR", "BR", {"firearm", "holder"});
  strict.set_id("strict");
  strict.set_requires_confidentiality(true);
  auto book = BookOf({strict, ExampleAgreement("AR", "BR")});
  ASSERT_TRUE(book.ok());
  v1::TraceRequest request = Question();
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  auto found = (*book)->Find("AR", "BR", request, kMidYear);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ((*found)->id(), "AR-asks-BR");
}

TEST(AgreementBook, LetsNoTraceRunUnderLawThatIsOfTransfersAlone) {
  Agreement transfers = ExampleAgreement("AR", "BR");
  transfers.set_legal_basis(v1::LEGAL_BASIS_ATT_8_3);
  auto book = BookOf({transfers});
  ASSERT_TRUE(book.ok()) << book.status();  // it is an agreement all the same
  const auto found = (*book)->Find("AR", "BR", Question(), kMidYear);
  EXPECT_EQ(DetailOf(found.status()).reason(), v1::REASON_NO_AGREEMENT);
  EXPECT_THAT(std::string(found.status().message()),
              HasSubstr("AR-asks-BR rests on ATT 8(3), which does not cover tracing"));
  transfers.set_legal_basis(v1::LEGAL_BASIS_ATT_11);
  EXPECT_EQ(Refusal(**BookOf({transfers}), "AR", "BR"), v1::REASON_UNSPECIFIED);
}

TEST(AgreementBook, ExplainsEachAgreementOfThePairAsFindConsidersIt) {
  std::vector<Agreement> agreements(4, ExampleAgreement("AR", "BR"));
  agreements[0].set_id("ended");
  agreements[0].set_valid_until("2026-01-31");
  agreements[1].set_id("embargo");
  agreements[1].set_purposes(0, v1::INTENDED_USE_EMBARGO_MONITORING);
  agreements[2].set_id("fits");
  agreements[3].set_id("fits-too");
  agreements.push_back(ExampleAgreement("AR", "CL"));
  auto book = BookOf(agreements);
  ASSERT_TRUE(book.ok()) << book.status();
  const auto considered = (*book)->Explain("AR", "BR", Question(), kMidYear);
  ASSERT_EQ(considered.size(), 4u);
  EXPECT_THAT(std::string(considered[0].passed_over.message()), HasSubstr("not valid today"));
  EXPECT_THAT(std::string(considered[1].passed_over.message()), HasSubstr("intended use"));
  EXPECT_TRUE(considered[2].passed_over.ok());
  EXPECT_TRUE(considered[3].passed_over.ok());
  EXPECT_EQ(*(*book)->Find("AR", "BR", Question(), kMidYear), considered[2].agreement);
}

// One thing wrong with an agreement, and the key that the refusal names.
struct Fault {
  std::string field;
  std::function<void(Agreement*)> make;
};

TEST(AgreementBook, RefusesAConfigurationAndNamesTheKey) {
  const std::vector<Fault> faults = {
      {"agreements[1].id", [](Agreement* a) { a->clear_id(); }},
      {"agreements[1].id", [](Agreement* a) { a->set_id("AR-asks-BR"); }},
      {"agreements[1].asking_state", [](Agreement* a) { a->clear_asking_state(); }},
      {"agreements[1].asking_state", [](Agreement* a) { a->set_asking_state("ar"); }},
      {"agreements[1].asking_state", [](Agreement* a) { a->set_asking_state("ARG"); }},
      {"agreements[1].answering_state", [](Agreement* a) { a->set_answering_state("B1"); }},
      {"agreements[1].legal_basis", [](Agreement* a) { a->clear_legal_basis(); }},
      {"agreements[1].purposes", [](Agreement* a) { a->clear_purposes(); }},
      {"agreements[1].disclose", [](Agreement* a) { a->clear_disclose(); }},
      {"agreements[1].disclose[0]", [](Agreement* a) { a->set_disclose(0, "weapon"); }},
      {"agreements[1].disclose[1]", [](Agreement* a) { a->add_disclose("events.to_party.nam"); }},
      {"agreements[1].disclose[0]", [](Agreement* a) { a->set_disclose(0, ""); }},
      {"agreements[1].disclose[0]", [](Agreement* a) { a->set_disclose(0, "firearm."); }},
      {"agreements[1].disclose[0]", [](Agreement* a) { a->set_disclose(0, "record_number.x"); }},
      {"agreements[1].restrictions", [](Agreement* a) { a->add_handling(v1::HANDLING_CODE_H3); }},
      {"agreements[1].source_evaluation", [](Agreement* a) { a->set_source_evaluation("D"); }},
      {"agreements[1].source_evaluation", [](Agreement* a) { a->set_source_evaluation("AB"); }},
      {"agreements[1].information_evaluation",
       [](Agreement* a) { a->set_information_evaluation("5"); }},
      {"agreements[1].recipients[1]",
       [](Agreement* a) {
         a->add_recipients("AR");
         a->add_recipients("policia");
       }},
      {"agreements[1].quota.per_minute",
       [](Agreement* a) { a->mutable_quota()->set_per_minute(-1); }},
      {"agreements[1].quota.per_day", [](Agreement* a) { a->mutable_quota()->set_per_day(-1); }},
      {"agreements[1].valid_from", [](Agreement* a) { a->clear_valid_from(); }},
      {"agreements[1].valid_from", [](Agreement* a) { a->set_valid_from("2026-02-30"); }},
      {"agreements[1].valid_from", [](Agreement* a) { a->set_valid_from("2026"); }},
      {"agreements[1].valid_from", [](Agreement* a) { a->set_valid_from("01.02.2026"); }},
      {"agreements[1].valid_until", [](Agreement* a) { a->set_valid_until("31-12-2026"); }},
      {"agreements[1].valid_until", [](Agreement* a) { a->set_valid_until("2025-12-31"); }},
  };
  for (const Fault& fault : faults) {
    Agreement bad = ExampleAgreement("AR", "CL");
    fault.make(&bad);
    const auto book = BookOf({ExampleAgreement("AR", "BR"), bad});
    const v1::FailureDetail detail = DetailOf(book.status());
    EXPECT_EQ(detail.reason(), v1::REASON_CONFIG_INVALID) << bad.ShortDebugString();
    ASSERT_EQ(detail.violations_size(), 1) << fault.field << " " << bad.ShortDebugString();
    EXPECT_EQ(detail.violations(0).field(), fault.field) << bad.ShortDebugString();
  }
}

TEST(AgreementBook, TakesWhatIsOneStepFromRefused) {
  Agreement one_day = ExampleAgreement("AR", "BR", {"events.to_party.name"});
  one_day.set_valid_until(one_day.valid_from());
  one_day.add_handling(v1::HANDLING_CODE_H3);
  one_day.set_restrictions("not before the hearing");
  one_day.set_source_evaluation("X");
  one_day.set_information_evaluation("4");
  one_day.add_recipients("AR/policia");
  one_day.mutable_quota()->set_per_day(0);
  EXPECT_TRUE(BookOf({one_day}).ok());
}

TEST(AgreementBook, LetsAgenciesKnowOfEachOtherOnlyWhereTheAgreementSaysSo) {
  Agreement traces_alone = ExampleAgreement("AR", "BR");
  auto book = BookOf({traces_alone});
  ASSERT_TRUE(book.ok());
  EXPECT_EQ((*book)->FindForDeconfliction("AR", "BR", Question(), kMidYear), nullptr);

  Agreement both = ExampleAgreement("AR", "BR");
  both.set_id("both");
  both.set_deconflict(true);
  both.set_requires_confidentiality(true);
  book = BookOf({traces_alone, both});
  ASSERT_TRUE(book.ok());
  const Agreement* found = (*book)->FindForDeconfliction("AR", "BR", Question(), kMidYear);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->id(), "both");
  // In that direction, on its days, for its uses and with its guarantee alone.
  EXPECT_EQ((*book)->FindForDeconfliction("BR", "AR", Question(), kMidYear), nullptr);
  EXPECT_EQ((*book)->FindForDeconfliction("AR", "BR", Question(), At("2027-01-01T00:00:00Z")),
            nullptr);
  auto other_use = Question();
  other_use.set_intended_use(v1::INTENDED_USE_EXPORT_CONTROL);
  EXPECT_EQ((*book)->FindForDeconfliction("AR", "BR", other_use, kMidYear), nullptr);
  auto unguarded = Question();
  unguarded.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  EXPECT_EQ((*book)->FindForDeconfliction("AR", "BR", unguarded, kMidYear), nullptr);
}

TEST(AgreementBook, OpensCrossChecksOnlyWhereTheAgreementSaysSo) {
  Agreement traces_alone = ExampleAgreement("AR", "BR");
  auto book = BookOf({traces_alone});
  ASSERT_TRUE(book.ok());
  const auto closed = (*book)->FindForCrossCheck("AR", "BR", Question(), kMidYear);
  EXPECT_EQ(DetailOf(closed.status()).reason(), v1::REASON_NO_AGREEMENT);
  EXPECT_THAT(std::string(closed.status().message()),
              HasSubstr("AR-asks-BR does not open cross-checks"));
  EXPECT_TRUE((*book)->OpenToCrossCheck("AR").empty());

  Agreement liaison = ExampleAgreement("AR", "BR");
  liaison.set_id("liaison");
  liaison.set_cross_check(true);
  book = BookOf({traces_alone, liaison});
  ASSERT_TRUE(book.ok());
  const auto open = (*book)->FindForCrossCheck("AR", "BR", Question(), kMidYear);
  ASSERT_TRUE(open.ok()) << open.status();
  EXPECT_EQ((*open)->id(), "liaison");
  EXPECT_EQ((*book)->OpenToCrossCheck("AR"), std::set<std::string>{"BR"});
  EXPECT_TRUE((*book)->OpenToCrossCheck("BR").empty());
  // What holds of traces holds of checks: the use, the day, the guarantee.
  const auto late = (*book)->FindForCrossCheck("AR", "BR", Question(), At("2027-01-01T00:00:00Z"));
  EXPECT_EQ(DetailOf(late.status()).reason(), v1::REASON_NO_AGREEMENT);
  v1::TraceRequest other_use = Question();
  other_use.set_intended_use(v1::INTENDED_USE_EXPORT_CONTROL);
  EXPECT_FALSE((*book)->FindForCrossCheck("AR", "BR", other_use, kMidYear).ok());
}

TEST(AgreementBook, NamesWhatIsInForceBetweenTwoStatesEitherWay) {
  auto book = BookOf(
      {ExampleAgreement("AR", "BR"), ExampleAgreement("BR", "AR"), ExampleAgreement("AR", "CL")});
  ASSERT_TRUE(book.ok());
  EXPECT_EQ((*book)->InForceBetween("BR", "AR", kMidYear).size(), 2u);
  EXPECT_EQ((*book)->InForceBetween("CL", "AR", kMidYear).size(), 1u);
  EXPECT_TRUE((*book)->InForceBetween("BR", "CL", kMidYear).empty());
  EXPECT_EQ((*book)->InForceBetween("BR", "AR", At("2026-12-31T23:59:59Z")).size(), 2u);
  EXPECT_TRUE((*book)->InForceBetween("BR", "AR", At("2027-01-01T00:00:00Z")).empty());
}

}  // namespace
}  // namespace tracegate

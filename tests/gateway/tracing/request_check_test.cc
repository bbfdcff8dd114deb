#include "gateway/tracing/request_check.h"

#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate {
namespace {

using v1::TraceRequest;

// One change to a complete request, and the violation it makes.
struct Fault {
  v1::Reason reason;
  std::string field;
  std::function<void(TraceRequest*)> make;
};

TEST(CheckTraceRequest, TakesACompleteRequest) {
  EXPECT_TRUE(CheckTraceRequest(ExampleRequest()).ok()) << CheckTraceRequest(ExampleRequest());
}

TEST(CheckTraceRequest, NamesTheOneFieldThatIsMissingOrWrong) {
  constexpr auto kRequired = v1::REASON_FIELD_REQUIRED;
  constexpr auto kInvalid = v1::REASON_FIELD_INVALID;
  const std::vector<Fault> faults = {
      {kRequired, "item", [](TraceRequest* r) { r->clear_item(); }},
      {kRequired, "item", [](TraceRequest* r) { r->mutable_item()->clear_item(); }},
      {kRequired, "grounds", [](TraceRequest* r) { r->clear_grounds(); }},
      {kInvalid, "grounds",
       [](TraceRequest* r) { r->add_grounds(v1::ILLICIT_GROUND_UNSPECIFIED); }},
      {kRequired, "legal_justification", [](TraceRequest* r) { r->clear_legal_justification(); }},
      {kRequired, "recovery", [](TraceRequest* r) { r->clear_recovery(); }},
      {kRequired, "recovery.kind", [](TraceRequest* r) { r->mutable_recovery()->clear_kind(); }},
      {kRequired, "recovery.state", [](TraceRequest* r) { r->mutable_recovery()->clear_state(); }},
      {kInvalid, "recovery.state",
       [](TraceRequest* r) { r->mutable_recovery()->set_state("BRA"); }},
      {kInvalid, "recovery.state", [](TraceRequest* r) { r->mutable_recovery()->set_state("br"); }},
      {kRequired, "intended_use", [](TraceRequest* r) { r->clear_intended_use(); }},
      {kRequired, "confidentiality", [](TraceRequest* r) { r->clear_confidentiality(); }},
      {kRequired, "confidentiality_note",
       [](TraceRequest* r) { r->set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE); }},
      {kRequired, "urgency_justification",
       [](TraceRequest* r) { r->set_urgency(v1::URGENCY_URGENT); }},
      {kInvalid, "to_state", [](TraceRequest* r) { r->set_to_state("Brazil"); }},
  };
  for (const Fault& fault : faults) {
    TraceRequest request = ExampleRequest();
    fault.make(&request);
    const v1::FailureDetail detail = DetailOf(CheckTraceRequest(request));
    ASSERT_EQ(detail.violations_size(), 1) << fault.field << " " << detail.ShortDebugString();
    EXPECT_EQ(detail.reason(), fault.reason) << fault.field;
    EXPECT_EQ(detail.violations(0).field(), "request." + fault.field);
    EXPECT_EQ(detail.violations(0).reason(), fault.reason);
  }
}

TEST(CheckTraceRequest, NamesEverythingThatIsMissingAtOnce) {
  const v1::FailureDetail detail = DetailOf(CheckTraceRequest({}));
  std::vector<std::string> fields;
  for (const auto& violation : detail.violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields, testing::ElementsAre("request.item", "request.grounds",
                                           "request.legal_justification", "request.recovery",
                                           "request.intended_use", "request.confidentiality"));
}

TEST(CheckTraceRequest, TakesWhatIsOneStepFromRefused) {
  TraceRequest request = ExampleRequest();
  request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_NOT_POSSIBLE);
  request.set_confidentiality_note("the court sits in public");
  request.set_urgency(v1::URGENCY_URGENT);
  request.set_urgency_justification("the suspect is held until Friday");
  request.set_to_state("AT");
  EXPECT_TRUE(CheckTraceRequest(request).ok());
}

TEST(CheckTraceRequest, TakesDaysOfTheCalendarAndAsMuchOfThemAsIsKnown) {
  const auto status = [](int year, int month, int day) {
    TraceRequest request = ExampleRequest();
    v1::Date* date = request.mutable_recovery()->mutable_date();
    date->set_year(year);
    date->set_month(month);
    date->set_day(day);
    return CheckTraceRequest(request);
  };
  for (const auto& [y, m, d] : std::vector<std::tuple<int, int, int>>{{0, 0, 0},
                                                                      {2026, 0, 0},
                                                                      {2026, 2, 0},
                                                                      {2026, 2, 28},
                                                                      {2024, 2, 29},
                                                                      {2000, 2, 29},
                                                                      {1, 1, 1},
                                                                      {9999, 12, 31}}) {
    EXPECT_TRUE(status(y, m, d).ok()) << y << "-" << m << "-" << d;
  }
  for (const auto& [y, m, d] : std::vector<std::tuple<int, int, int>>{{2026, 2, 29},
                                                                      {1900, 2, 29},
                                                                      {2026, 4, 31},
                                                                      {2026, 13, 1},
                                                                      {2026, 0, 5},
                                                                      {0, 5, 0},
                                                                      {0, 0, 5},
                                                                      {0, 5, 5},
                                                                      {-1, 1, 1},
                                                                      {10000, 1, 1},
                                                                      {2026, -1, 1},
                                                                      {2026, 1, -1},
                                                                      {2026, 1, 32}}) {
    const v1::FailureDetail detail = DetailOf(status(y, m, d));
    ASSERT_EQ(detail.violations_size(), 1) << y << "-" << m << "-" << d;
    EXPECT_EQ(detail.violations(0).field(), "request.recovery.date");
  }
}

TEST(CheckRequestId, HoldsItToItsShape) {
  for (const std::string& good : {std::string("12345678"), std::string(64, 'a'),
                                  std::string("Aa0._-Zz"), std::string("01ARZ3.1.retry")}) {
    EXPECT_TRUE(CheckRequestId(good).ok()) << good;
  }
  for (const std::string& bad :
       {std::string("1234567"), std::string(65, 'a'), std::string("12345 78"),
        std::string("1234567/"), std::string("1234567\n"), std::string("1234567\u00e9")}) {
    EXPECT_EQ(DetailOf(CheckRequestId(bad)).reason(), v1::REASON_FIELD_INVALID) << bad;
  }
  EXPECT_EQ(DetailOf(CheckRequestId("")).reason(), v1::REASON_FIELD_REQUIRED);
}

TEST(SettleRequester, FillsInTheAgencyOfTheCertificate) {
  TraceRequest request = ExampleRequest();
  ASSERT_TRUE(SettleRequester(ExampleCaller("BR", "policia", Role::kRegistry), &request).ok());
  EXPECT_EQ(request.requesting_agency().state(), "BR");
  EXPECT_EQ(request.requesting_agency().name(), "policia");
}

TEST(SettleRequester, RefusesAnotherStateOrAgencyThanTheCertificates) {
  const Caller officer = ExampleCaller("BR", "policia", Role::kRegistry);
  TraceRequest request = ExampleRequest();
  request.mutable_requesting_agency()->set_state("AR");
  EXPECT_EQ(DetailOf(SettleRequester(officer, &request)).reason(), v1::REASON_STATE_MISMATCH);
  request = ExampleRequest();
  request.mutable_requesting_agency()->set_name("exercito");
  EXPECT_EQ(DetailOf(SettleRequester(officer, &request)).reason(), v1::REASON_STATE_MISMATCH);
}

TEST(SettleRequester, AsksForFindsInItsOwnTerritoryOrOnBehalfOfTheState) {
  const Caller officer = ExampleCaller("BR", "policia", Role::kRegistry);
  TraceRequest request = ExampleRequest("PY");
  const v1::FailureDetail detail = DetailOf(SettleRequester(officer, &request));
  EXPECT_EQ(detail.reason(), v1::REASON_STATE_MISMATCH);
  EXPECT_EQ(detail.violations(0).field(), "request.recovery.state");
  request.mutable_on_behalf_of()->set_state("PY");
  EXPECT_TRUE(SettleRequester(officer, &request).ok());
}

}  // namespace
}  // namespace tracegate

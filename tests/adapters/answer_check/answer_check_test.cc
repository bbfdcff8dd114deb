#include "adapters/answer_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using adapter::v1::FindResponse;

FindRequest Asking(int candidates_max) {
  FindRequest request;
  request.set_candidates_max(candidates_max);
  return request;
}

// Two records, as they should be.
FindResponse Sound() {
  FindResponse answer;
  for (const char* number : {"1", "2"}) {
    v1::RegistryRecord& record = *answer.mutable_records()->add_records();
    record.set_record_number(number);
    record.mutable_firearm()->mutable_country_of_manufacture()->set_iso_code("YUCS");
    v1::LifeEvent& event = *record.add_events();
    event.set_kind(v1::LIFE_EVENT_KIND_EXPORT);
    event.set_to_state("DE");
    event.mutable_date()->set_year(1998);
    event.mutable_date()->set_month(12);
    event.mutable_date()->set_day(31);
  }
  return answer;
}

v1::RegistryRecord& Second(FindResponse* answer) {
  return *answer->mutable_records()->mutable_records(1);
}

TEST(AnswerCheck, TakesRecordsUpToTheBoundAndNone) {
  EXPECT_TRUE(CheckFindAnswer(Asking(2), Sound()).ok());
  FindResponse nothing;
  nothing.mutable_records();
  EXPECT_TRUE(CheckFindAnswer(Asking(1), nothing).ok());
  FindResponse later;
  later.mutable_pending()->mutable_ask_again_time()->set_seconds(1'800'000'000);
  EXPECT_TRUE(CheckFindAnswer(Asking(1), later).ok());
}

struct Fault {
  const char* field;
  std::function<void(FindResponse*)> spoil;
};

class AnswerFault : public ::testing::TestWithParam<Fault> {};

TEST_P(AnswerFault, IsBlamedOnTheRegistryByItsField) {
  FindResponse answer = Sound();
  GetParam().spoil(&answer);
  const absl::Status status = CheckFindAnswer(Asking(2), answer);
  const v1::FailureDetail detail = DetailOf(status);
  EXPECT_EQ(detail.reason(), v1::REASON_REGISTRY_MISMATCH) << status;
  ASSERT_EQ(detail.violations_size(), 1);
  EXPECT_EQ(detail.violations(0).field(), GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Each, AnswerFault,
    ::testing::Values(
        Fault{"records", [](FindResponse* a) { a->Clear(); }},
        Fault{"answer", [](FindResponse* a) { a->mutable_answer(); }},
        Fault{"records.records",
              [](FindResponse* a) { a->mutable_records()->add_records()->set_record_number("3"); }},
        Fault{"records.records[1].record_number",
              [](FindResponse* a) { Second(a).clear_record_number(); }},
        Fault{"records.records[1].record_number",
              [](FindResponse* a) { Second(a).set_record_number("1"); }},
        Fault{"records.records[1].record_number",
              [](FindResponse* a) { Second(a).set_record_number(std::string(129, 'x')); }},
        Fault{"records.records[1]",
              [](FindResponse* a) {
                for (int i = 0; i < 100; ++i) {
                  Second(a).add_verbatim()->set_value(std::string(4096, 'x'));
                }
              }},
        Fault{"records.records[1].firearm.type",
              [](FindResponse* a) {
                Second(a).mutable_firearm()->set_type(static_cast<v1::FirearmType>(9999));
              }},
        Fault{"records.records[1].firearm.serial_number",
              [](FindResponse* a) { Second(a).mutable_firearm()->set_serial_number("A\x01"); }},
        Fault{"records.records[1].firearm.country_of_manufacture.iso_code",
              [](FindResponse* a) {
                Second(a).mutable_firearm()->mutable_country_of_manufacture()->set_iso_code("DEU");
              }},
        Fault{"records.records[1].events[0].to_state",
              [](FindResponse* a) { Second(a).mutable_events(0)->set_to_state("de"); }},
        Fault{"records.records[1].events[0].from_state",
              [](FindResponse* a) { Second(a).mutable_events(0)->set_from_state("Germany"); }},
        Fault{"records.records[1].events[0].date",
              [](FindResponse* a) { Second(a).mutable_events(0)->mutable_date()->set_day(32); }},
        Fault{"records.records[1].events[0].date",
              [](FindResponse* a) { Second(a).mutable_events(0)->mutable_date()->set_month(0); }},
        Fault{"pending.ask_again_time", [](FindResponse* a) {
                a->mutable_pending()->mutable_ask_again_time()->set_seconds(-1);
              }}));

TEST(AnswerCheck, TakesTheRecordThatWasAskedForAndNoOther) {
  adapter::v1::GetRecordRequest request;
  request.set_record_number("1");
  adapter::v1::GetRecordResponse answer;
  *answer.mutable_record() = Sound().records().records(0);
  EXPECT_TRUE(CheckRecordAnswer(request, answer).ok());
  answer.mutable_record()->set_record_number("01");
  EXPECT_EQ(DetailOf(CheckRecordAnswer(request, answer)).reason(), v1::REASON_REGISTRY_MISMATCH);
  answer.clear_record();
  EXPECT_EQ(DetailOf(CheckRecordAnswer(request, answer)).reason(), v1::REASON_REGISTRY_MISMATCH);
}

TEST(AnswerCheck, TakesADescriptionOfTheConfiguredStateAlone) {
  adapter::v1::DescribeResponse description;
  description.set_name("registry");
  description.add_states("DE");
  description.add_search_fields(adapter::v1::SEARCH_FIELD_SERIAL_NUMBER);
  EXPECT_TRUE(CheckDescription("DE", description).ok());
  const auto field = [](const std::string& state, const adapter::v1::DescribeResponse& wrong) {
    const v1::FailureDetail detail = DetailOf(CheckDescription(state, wrong));
    return detail.violations_size() == 1 ? detail.violations(0).field() : "";
  };
  EXPECT_EQ(field("FR", description), "states");
  auto wrong = description;
  wrong.add_states("FR");
  EXPECT_EQ(field("DE", wrong), "states");
  wrong = description;
  wrong.clear_name();
  EXPECT_EQ(field("DE", wrong), "name");
  wrong = description;
  wrong.set_search_fields(0, adapter::v1::SEARCH_FIELD_MODEL);
  EXPECT_EQ(field("DE", wrong), "search_fields");
  wrong = description;
  wrong.add_search_fields(static_cast<adapter::v1::SearchField>(99));
  EXPECT_EQ(field("DE", wrong), "search_fields[1]");
  wrong = description;
  wrong.set_expected_answer_ms(-1);
  EXPECT_EQ(field("DE", wrong), "expected_answer_ms");
}

}  // namespace
}  // namespace tracegate

#include "gateway/tracing/judge.h"

#include <string>
#include <utility>
#include <vector>

#include "adapters/marking/reading.h"
#include "gtest/gtest.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate {
namespace {

v1::RegistryRecord Exported(v1::RegistryRecord record) {
  v1::LifeEvent* event = record.add_events();
  event->set_kind(v1::LIFE_EVENT_KIND_EXPORT);
  event->set_to_state("AR");
  return record;
}

// The same serial number, but the record gives no maker.
v1::RegistryRecord InDoubt(const std::string& number = "R-9") {
  v1::RegistryRecord record = Exported(ExampleRecord(number));
  record.mutable_firearm()->clear_manufacturer();
  return record;
}

v1::Answer Judge(const std::vector<v1::RegistryRecord>& records, bool more = false) {
  adapter::v1::Records found;
  for (const v1::RegistryRecord& record : records) *found.add_records() = record;
  found.set_more(more);
  return JudgeRecords(ItemReading(ExampleRequest().item()), found);
}

TEST(JudgeRecords, DecidesByOneRecordThatAgreesExactly) {
  const v1::Answer answer = Judge({Exported(ExampleRecord())});
  EXPECT_EQ(answer.outcome(), v1::OUTCOME_TRANSFERRED_TO_STATE);
  EXPECT_EQ(answer.next_state(), "AR");
  ASSERT_EQ(answer.candidates_size(), 1);
  EXPECT_EQ(answer.candidates(0).grade(), v1::MATCH_GRADE_EXACT);
  EXPECT_FALSE(answer.candidates(0).needs_confirmation());
}

TEST(JudgeRecords, DecidesByTheOneExactRecordAmongOthersAndListsItFirst) {
  const v1::Answer answer = Judge({InDoubt(), Exported(ExampleRecord("R-2")), InDoubt()});
  EXPECT_EQ(answer.outcome(), v1::OUTCOME_TRANSFERRED_TO_STATE);
  ASSERT_EQ(answer.candidates_size(), 3);
  EXPECT_EQ(answer.candidates(0).record().record_number(), "R-2");
  EXPECT_FALSE(answer.candidates(0).needs_confirmation());
  EXPECT_TRUE(answer.candidates(1).needs_confirmation());
  EXPECT_TRUE(answer.candidates(2).needs_confirmation());
}

TEST(JudgeRecords, IsInDoubtBetweenTwoExactRecords) {
  const v1::Answer answer = Judge({Exported(ExampleRecord("R-1")), Exported(ExampleRecord("R-2"))});
  EXPECT_EQ(answer.outcome(), v1::OUTCOME_AMBIGUOUS_MULTIPLE_CANDIDATES);
  EXPECT_EQ(answer.next_state(), "");
  for (const v1::Candidate& candidate : answer.candidates()) {
    EXPECT_TRUE(candidate.needs_confirmation());
  }
}

TEST(JudgeRecords, NeverDecidesByARecordThatOnlyMayBeIt) {
  const v1::Answer answer = Judge({InDoubt()});
  EXPECT_EQ(answer.outcome(), v1::OUTCOME_CANDIDATE_UNCONFIRMED);
  EXPECT_EQ(answer.next_state(), "");
  EXPECT_TRUE(answer.candidates(0).needs_confirmation());
  EXPECT_EQ(Judge({InDoubt("R-1"), InDoubt("R-2")}).outcome(),
            v1::OUTCOME_AMBIGUOUS_MULTIPLE_CANDIDATES);
}

TEST(JudgeRecords, IsInDoubtWhereRecordsWereLeftOut) {
  for (const auto& records :
       {std::vector<v1::RegistryRecord>{Exported(ExampleRecord())}, {InDoubt()}, {}}) {
    const v1::Answer answer = Judge(records, true);
    EXPECT_EQ(answer.outcome(), v1::OUTCOME_AMBIGUOUS_MULTIPLE_CANDIDATES);
    EXPECT_EQ(answer.next_state(), "");
    EXPECT_TRUE(answer.more_candidates());
  }
}

TEST(JudgeRecords, FindsNothingWhereNoRecordCanBeIt) {
  v1::RegistryRecord other = ExampleRecord();
  other.mutable_firearm()->set_serial_number("XYZ987654");
  for (const auto& records : {std::vector<v1::RegistryRecord>{}, {other}}) {
    const v1::Answer answer = Judge(records);
    EXPECT_EQ(answer.outcome(), v1::OUTCOME_NO_RECORD);
    EXPECT_EQ(answer.candidates_size(), 0);
    EXPECT_FALSE(answer.more_candidates());
  }
}

TEST(OutcomeOfLife, IsWhatTheLastEventSays) {
  const std::vector<std::pair<v1::LifeEventKind, v1::Outcome>> cases = {
      {v1::LIFE_EVENT_KIND_DESTRUCTION, v1::OUTCOME_DESTROYED_ON_RECORD},
      {v1::LIFE_EVENT_KIND_DEACTIVATION, v1::OUTCOME_DEACTIVATED_ON_RECORD},
      {v1::LIFE_EVENT_KIND_LOSS, v1::OUTCOME_REPORTED_LOST_OR_STOLEN},
      {v1::LIFE_EVENT_KIND_THEFT, v1::OUTCOME_REPORTED_LOST_OR_STOLEN},
      {v1::LIFE_EVENT_KIND_SEIZURE, v1::OUTCOME_HELD_IN_STATE_STOCK},
      {v1::LIFE_EVENT_KIND_STATE_STOCK, v1::OUTCOME_HELD_IN_STATE_STOCK},
      {v1::LIFE_EVENT_KIND_EXPORT, v1::OUTCOME_TRANSFERRED_TO_STATE},
      {v1::LIFE_EVENT_KIND_IMPORT, v1::OUTCOME_NO_RECORD_OF_EXPORT},
      {v1::LIFE_EVENT_KIND_DOMESTIC_TRANSFER, v1::OUTCOME_NO_RECORD_OF_EXPORT},
      {v1::LIFE_EVENT_KIND_MANUFACTURE, v1::OUTCOME_NO_RECORD_OF_EXPORT},
      // A transit tells nothing: the export before it stands.
      {v1::LIFE_EVENT_KIND_TRANSIT, v1::OUTCOME_TRANSFERRED_TO_STATE},
  };
  for (const auto& [kind, outcome] : cases) {
    v1::RegistryRecord record;
    if (kind != v1::LIFE_EVENT_KIND_MANUFACTURE) record = Exported(record);
    record.add_events()->set_kind(kind);
    std::string next;
    EXPECT_EQ(OutcomeOfLife(record, &next), outcome) << v1::LifeEventKind_Name(kind);
    if (outcome == v1::OUTCOME_TRANSFERRED_TO_STATE) continue;
    EXPECT_EQ(next, "");
  }
}

TEST(OutcomeOfLife, IdentifiesTheHolderWhereTheRecordNamesOne) {
  std::string next;
  v1::RegistryRecord record;
  EXPECT_EQ(OutcomeOfLife(record, &next), v1::OUTCOME_NO_RECORD_OF_EXPORT);
  record.mutable_holder()->set_name("somebody");
  EXPECT_EQ(OutcomeOfLife(record, &next), v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
  record.clear_holder();
  v1::LifeEvent* event = record.add_events();
  event->set_kind(v1::LIFE_EVENT_KIND_DOMESTIC_TRANSFER);
  event->mutable_to_party()->set_name("somebody");
  EXPECT_EQ(OutcomeOfLife(record, &next), v1::OUTCOME_LAST_HOLDER_IDENTIFIED);
}

}  // namespace
}  // namespace tracegate

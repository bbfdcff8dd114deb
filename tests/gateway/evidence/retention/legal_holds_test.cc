#include "gateway/evidence/retention/legal_holds.h"

#include <string>
#include <vector>

#include "protos/tracegate/failure.h"
#include "tests/gateway/evidence/fake_record_store.h"
#include "tests/gateway/evidence/retention/retained_house.h"

namespace tracegate {
namespace {

using testing::ElementsAre;

class LegalHoldsTest : public testing::Test {
 protected:
  void SetUp() override { house_.Open(&store_); }

  std::vector<std::string> HeldBy(const std::string& state) {
    std::vector<std::string> held;
    for (const auto& hold : house_.holds().Of(state)) {
      held.push_back(hold.hold_id() + ":" + hold.trace_id());
    }
    return held;
  }
  bool Holds(const std::string& trace_id) { return house_.holds().Holds(trace_id); }

  FakeRecordStore store_;
  RetainedHouse house_;
};

TEST_F(LegalHoldsTest, StandUntilTheyAreLiftedAlsoAfterARestart) {
  EXPECT_FALSE(Holds("T1"));
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("case 7", "T1")).ok());
  house_.Open(&store_);
  EXPECT_TRUE(Holds("T1"));
  EXPECT_FALSE(Holds("T2"));
  EXPECT_EQ(house_.holds().Of("BR")[0].ground(), "order of a court");
  ASSERT_TRUE(house_.ChangeHold(house_.Lifted(house_.Hold("case 7", "T1"))).ok());
  EXPECT_FALSE(Holds("T1"));
  house_.Open(&store_);
  EXPECT_FALSE(Holds("T1"));
}

TEST_F(LegalHoldsTest, OfSeveralCasesHoldUntilTheLastIsLifted) {
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("a", "T1")).ok());
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("a", "T1")).ok());  // again
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("b", "T1")).ok());
  ASSERT_TRUE(house_.ChangeHold(house_.Lifted(house_.Hold("a", "T1"))).ok());
  EXPECT_TRUE(Holds("T1"));
  ASSERT_TRUE(house_.ChangeHold(house_.Lifted(house_.Hold("b", "T1"))).ok());
  EXPECT_FALSE(Holds("T1"));
}

TEST_F(LegalHoldsTest, AreLiftedFromAllTracesOfTheCaseAtOnceAndRecordedForEach) {
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("a", "T1")).ok());
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("a", "T2")).ok());
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("b", "T3")).ok());
  ASSERT_TRUE(house_.ChangeHold(house_.Lifted(house_.Hold("a", ""))).ok());
  EXPECT_THAT(HeldBy("BR"), ElementsAre("b:T3"));
  std::vector<std::string> traces;
  house_.ScanRows([&](const EntryRow&, const v1::EntryHeader& header) {
    EXPECT_EQ(header.kind(), v1::ENTRY_KIND_LEGAL_HOLD_CHANGED);
    EXPECT_EQ(header.actor(), "spiffe://br.example/policia-federal/compliance");
    traces.push_back(header.trace_id());
  });
  EXPECT_THAT(traces, ElementsAre("T1", "T2", "T3", "T1", "T2"));
}

TEST_F(LegalHoldsTest, AreTheStatesThatSetThem) {
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("a", "T1"), "BR").ok());
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("a", "T1"), "AT").ok());
  EXPECT_EQ(ReasonOf(house_.ChangeHold(house_.Lifted(house_.Hold("a", "T1")), "AR")),
            v1::REASON_FIELD_INVALID);
  ASSERT_TRUE(house_.ChangeHold(house_.Lifted(house_.Hold("a", "")), "AT").ok());
  EXPECT_THAT(HeldBy("BR"), ElementsAre("a:T1"));
  EXPECT_TRUE(HeldBy("AT").empty());
  EXPECT_TRUE(Holds("T1"));
}

TEST_F(LegalHoldsTest, NeedACaseATraceAndAGround) {
  for (const auto clear : {&v1::LegalHold::clear_hold_id, &v1::LegalHold::clear_trace_id,
                           &v1::LegalHold::clear_ground}) {
    v1::LegalHold hold = house_.Hold("a", "T1");
    (hold.*clear)();
    EXPECT_EQ(ReasonOf(house_.ChangeHold(hold)), v1::REASON_FIELD_REQUIRED);
  }
  EXPECT_EQ(house_.log().size(), 0);
}

TEST_F(LegalHoldsTest, DoNotStandWhereTheyCouldNotBeRecorded) {
  store_.before_commit = [](const WriteBatch&) {
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "disk is full");
  };
  EXPECT_EQ(ReasonOf(house_.ChangeHold(house_.Hold("a", "T1"))), v1::REASON_RECORD_NOT_DURABLE);
  EXPECT_FALSE(Holds("T1"));
}

TEST_F(LegalHoldsTest, CountFromTheCallOnWhileTheyAreBeingRecorded) {
  bool held = false;
  store_.before_commit = [&](const WriteBatch&) {
    held = Holds("T1");
    return absl::OkStatus();
  };
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("a", "T1")).ok());
  EXPECT_TRUE(held);
}

TEST_F(LegalHoldsTest, KeepAnErasureOutOfTheLog) {
  ASSERT_TRUE(house_.ChangeHold(house_.Hold("a", "T1")).ok());
  EXPECT_FALSE(house_.holds().AppendUnlessHeld({"T0", "T1"}, ExampleNote("erased"),
                                               [](const auto&) { FAIL(); }));
  std::promise<void> done;
  EXPECT_TRUE(house_.holds().AppendUnlessHeld({"T0", "T2"}, ExampleNote("erased"),
                                              [&](const auto&) { done.set_value(); }));
  done.get_future().wait();
  EXPECT_EQ(house_.log().size(), 2);
}

}  // namespace
}  // namespace tracegate

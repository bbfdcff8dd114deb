#include "gateway/tracing/same_weapon.h"

#include <string>
#include <vector>

#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class SameWeapon : public TracingHouse {
 protected:
  // A pistol of that number and maker.
  static v1::TraceRequest Of(const std::string& serial, const std::string& maker = "Glock",
                             const std::string& state = "BR") {
    v1::TraceRequest request = ExampleRequest(state);
    request.mutable_item()->mutable_weapon()->set_serial_number(serial);
    request.mutable_item()->mutable_weapon()->mutable_manufacturer()->set_verbatim(maker);
    return request;
  }

  v1::Trace Traced(const std::string& request_id, const v1::TraceRequest& request) {
    return Checked(Wait(Create(officer_, request_id, request)));
  }

  static std::vector<v1::MarkRemark> Notes(const v1::Trace& trace) {
    std::vector<v1::MarkRemark> notes;
    for (const v1::MarkRemark& remark : trace.remarks()) {
      if (remark.kind() == v1::REMARK_KIND_TRACED_BEFORE) notes.push_back(remark);
    }
    return notes;
  }
};

TEST_F(SameWeapon, IsNotedWithTheEarlierTrace) {
  Start();
  const v1::Trace first = Traced("request-1", Of("ABC123"));
  EXPECT_THAT(Notes(first), IsEmpty());
  const auto notes = Notes(Traced("request-2", Of("ABC123")));
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].severity(), v1::REMARK_SEVERITY_NOTE);
  EXPECT_EQ(notes[0].field(), "weapon.serial_number");
  EXPECT_THAT(notes[0].message(), HasSubstr(first.trace_id()));
}

TEST_F(SameWeapon, IsNotedWhileTheEarlierTraceStillWaits) {
  austria_->Plays([](const auto&) { return std::nullopt; });
  Start();
  auto waits = Ask("request-1");
  ASSERT_TRUE(austria_->AwaitUnanswered(1));  // so it is on record
  auto later = Ask("request-2");
  ASSERT_TRUE(austria_->AwaitUnanswered(2));
  austria_->Answer(AnswerOf(v1::OUTCOME_HELD_IN_STATE_STOCK));
  const v1::Trace first = Checked(Wait(std::move(waits)));
  const auto notes = Notes(Checked(Wait(std::move(later))));
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes[0].message(), HasSubstr(first.trace_id()));
}

TEST_F(SameWeapon, IsFoundUnderAnotherSpellingOfItsNumberAndMaker) {
  Start();
  Traced("request-1", Of("ABC123"));
  EXPECT_EQ(Notes(Traced("request-2", Of("abc-123", "GLOCK GmbH"))).size(), 1u);
  EXPECT_EQ(Notes(Traced("request-3", Of("ABC 123", ""))).size(), 1u);
}

TEST_F(SameWeapon, IsTheNewestOfSeveral) {
  Start();
  Traced("request-1", Of("ABC123"));
  timers_->Advance(absl::Seconds(1));
  const v1::Trace second = Traced("request-2", Of("ABC123"));
  timers_->Advance(absl::Seconds(1));
  const auto notes = Notes(Traced("request-3", Of("ABC123")));
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes[0].message(), HasSubstr(second.trace_id()));
}

TEST_F(SameWeapon, IsNoneOfAnotherNumberOrMakerOrWithUnreadCharacters) {
  Start();
  Traced("request-1", Of("ABC123"));
  EXPECT_THAT(Notes(Traced("request-2", Of("ABC124"))), IsEmpty());
  EXPECT_THAT(Notes(Traced("request-3", Of("ABC123", "Beretta"))), IsEmpty());
  EXPECT_THAT(Notes(Traced("request-4", Of("ABC12?"))), IsEmpty());
}

TEST_F(SameWeapon, IsNotedOfTheStatesOwnTracesAlone) {
  Start();
  v1::TraceRequest theirs = Of("ABC123", "Glock", "AR");
  theirs.set_to_state("BR");
  theirs.mutable_requesting_agency()->set_state("AR");
  theirs.mutable_requesting_agency()->set_name("policia");
  const v1::Trace asked = Checked(Wait(Create(argentine_gateway_, "their-request-1", theirs)));
  EXPECT_THAT(Notes(asked), IsEmpty());
  EXPECT_THAT(Notes(Traced("request-1", Of("ABC123"))), IsEmpty());
  EXPECT_THAT(Notes(Checked(Wait(Create(argentine_gateway_, "their-request-2", theirs)))),
              IsEmpty());
}

TEST_F(SameWeapon, IsNotedInTheOfficersLanguage) {
  Start();
  Traced("request-1", Of("ABC123"));
  v1::CreateTraceRequest create;
  create.set_request_id("request-2");
  create.set_language("pt-BR");
  *create.mutable_request() = Of("ABC123");
  std::promise<Reply> reply;
  tracer_->Create(officer_, create, create.SerializeAsString(), absl::InfiniteFuture(),
                  [&](Reply result) { reply.set_value(std::move(result)); });
  const auto notes = Notes(Checked(Wait(reply.get_future())));
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes[0].message(), HasSubstr("Este Estado"));
}

}  // namespace
}  // namespace tracegate

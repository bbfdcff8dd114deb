#include "gateway/liaison/hit_watch.h"

#include <string>
#include <vector>

#include "tests/gateway/liaison/liaison_fixture.h"

namespace tracegate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// The record numbers of hits on one's own records, in the order told.
std::vector<std::string> RecordsIn(const std::vector<v1::WatchHitsResponse>& events) {
  std::vector<std::string> records;
  for (const auto& event : events) records.push_back(event.hit().record_number());
  return records;
}

class HitWatchTest : public LiaisonFixture {
 protected:
  // Argentina's question meets that record of Brazil.
  void Hit(const std::string& record) {
    brazil_->Plays([record](const auto&) { return RecordsOf(ExampleRecord(record)); });
    EXPECT_THAT(Words(argentine_gateway_, ExampleCheckFrom("AR", "BR")), SizeIs(1));
  }

  v1::Reason Refusal(const Caller& caller, const v1::WatchHitsRequest& request) {
    auto listener = std::make_shared<Listener>();
    WatchHits(caller, request, *registries_, *subscription_book_, feed_.get(),
              {.send = [](std::string) { return true; },
               .gone = [] { return false; },
               .finish = [listener](absl::Status status) { listener->End(std::move(status)); }});
    return listener->ended() ? DetailOf(listener->Wait()).reason() : v1::REASON_UNSPECIFIED;
  }
};

TEST_F(HitWatchTest, TellsHitsThatWereThereAndThenEachAsItHappens) {
  Start();
  Hit("R-1");
  Hit("R-2");
  const auto listener = Watch(colleague_);
  EXPECT_THAT(RecordsIn(EventsOf(listener->told())), ElementsAre("R-1", "R-2"));
  Hit("R-3");
  EXPECT_THAT(RecordsIn(EventsOf(listener->Await(3))), ElementsAre("R-1", "R-2", "R-3"));
  EXPECT_FALSE(listener->ended());
}

TEST_F(HitWatchTest, MissesNothingAndRepeatsNothingAcrossADisconnect) {
  Start();
  auto listener = Watch(officer_);
  Hit("R-1");
  const auto before = EventsOf(listener->Await(1));
  ASSERT_THAT(before, SizeIs(1));
  listener->Leave();
  Hit("R-2");
  Hit("R-3");
  listener = Watch(officer_, before[0].cursor());
  EXPECT_THAT(RecordsIn(EventsOf(listener->told())), ElementsAre("R-2", "R-3"));
  Hit("R-4");
  EXPECT_THAT(RecordsIn(EventsOf(listener->Await(3))), ElementsAre("R-2", "R-3", "R-4"));
}

TEST_F(HitWatchTest, GoesOnFromTheCursorAfterARestart) {
  Start();
  Hit("R-1");
  Hit("R-2");
  const auto first = EventsOf(Watch(officer_)->told());
  ASSERT_THAT(first, SizeIs(2));
  Stop();
  Start();
  EXPECT_THAT(RecordsIn(EventsOf(Watch(officer_, first[0].cursor())->told())), ElementsAre("R-2"));
  EXPECT_THAT(Watch(officer_, first[1].cursor())->told(), IsEmpty());
}

TEST_F(HitWatchTest, TellsTheSearchersOwnAgencyOfItsHitsAndNoOther) {
  Start();
  const auto searcher = Watch(officer_);
  const auto colleague = Watch(colleague_);
  auto request = ExampleCheck();
  request.add_to_states("AR");
  Words(officer_, request);
  const auto events = EventsOf(searcher->Await(1));
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].hit().side(), v1::HIT_SIDE_SEARCHER);
  EXPECT_EQ(events[0].hit().hit().state(), "AR");
  Hit("R-1");
  ASSERT_THAT(colleague->Await(1), SizeIs(1));
  EXPECT_EQ(EventsOf(colleague->told())[0].hit().side(), v1::HIT_SIDE_OWNER);
  EXPECT_THAT(searcher->Await(2), SizeIs(2));
}

TEST_F(HitWatchTest, TellsNothingOfHitsOnAnotherStatesRecords) {
  Start();
  const Caller uruguayan = ExampleCaller("UY", "policia", Role::kLiaison);
  const auto other = Watch(uruguayan);
  Hit("R-1");
  EXPECT_THAT(other->told(), IsEmpty());
  uruguay_->Plays([](const auto&) { return RecordsOf(ExampleRecord("UY-1")); });
  auto request = ExampleCheck();
  request.add_to_states("UY");
  Words(officer_, request);
  EXPECT_THAT(RecordsIn(EventsOf(other->Await(1))), ElementsAre("UY-1"));
}

TEST_F(HitWatchTest, RefusesCursorsThatThisAgencyWasNotGiven) {
  Start();
  Hit("R-1");
  v1::WatchHitsRequest request;
  request.set_cursor(EventsOf(Watch(officer_)->told())[0].cursor());
  EXPECT_EQ(Refusal(officer_, request), v1::REASON_UNSPECIFIED);
  EXPECT_EQ(Refusal(colleague_, request), v1::REASON_PAGE_TOKEN_INVALID);
  request.set_cursor("12");
  EXPECT_EQ(Refusal(officer_, request), v1::REASON_PAGE_TOKEN_INVALID);
  request.set_cursor("no base64 %%%");
  EXPECT_EQ(Refusal(officer_, request), v1::REASON_PAGE_TOKEN_INVALID);
}

TEST_F(HitWatchTest, IsForStatesServedHereAndSubscriptionsOfTheAgency) {
  Start();
  const Caller austrian = ExampleCaller("AT", "bundeskriminalamt", Role::kLiaison);
  EXPECT_EQ(Refusal(austrian, {}), v1::REASON_STATE_MISMATCH);
  v1::WatchHitsRequest request;
  request.add_subscription_ids("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  EXPECT_EQ(Refusal(officer_, request), v1::REASON_DOCUMENT_NOT_FOUND);
  const v1::Subscription theirs = Subscribed(colleague_, ExampleSubscribe());
  request.set_subscription_ids(0, theirs.subscription_id());
  EXPECT_EQ(Refusal(officer_, request), v1::REASON_DOCUMENT_NOT_FOUND);
  EXPECT_EQ(Refusal(colleague_, request), v1::REASON_UNSPECIFIED);
}

TEST_F(HitWatchTest, EndsAfterSoManyThatWereThereAndGoesOnFromTheCursor) {
  Start();
  brazil_->Plays([](const auto&) {
    adapter::v1::FindResponse found;
    for (int i = 0; i < 20; ++i) {
      *found.mutable_records()->add_records() = ExampleRecord("R-" + std::to_string(i));
    }
    return found;
  });
  for (int i = 0; i < 11; ++i) Words(argentine_gateway_, ExampleCheckFrom("AR", "BR"));
  const auto first = Watch(officer_);
  ASSERT_TRUE(first->ended());
  EXPECT_TRUE(first->Wait().ok());
  ASSERT_THAT(first->told(), SizeIs(HitFeed::kBacklogMax));
  const auto second = Watch(officer_, EventsOf(first->told()).back().cursor());
  EXPECT_THAT(second->told(), SizeIs(220 - HitFeed::kBacklogMax));
  EXPECT_FALSE(second->ended());
}

TEST_F(HitWatchTest, PassesOverHitsThatWereErased) {
  Start();
  Hit("R-1");
  Hit("R-2");
  int64_t first = -1;
  ASSERT_TRUE(store_
                  ->ScanEntries(0, false,
                                [&](const EntryRow& row) {
                                  v1::EntryHeader header;
                                  header.ParseFromString(row.header);
                                  if (header.kind() == v1::ENTRY_KIND_HIT_NOTIFIED)
                                    first = row.index;
                                  return first < 0;
                                })
                  .ok());
  Stop();
  store_ = place_.Open();
  WriteBatch batch;
  batch.erasure.entries = {first};
  ASSERT_TRUE(store_->Commit(batch).ok());
  store_.reset();
  Start();
  EXPECT_THAT(RecordsIn(EventsOf(Watch(officer_)->told())), ElementsAre("R-2"));
}

TEST_F(HitWatchTest, ForgetsWhoHasLeft) {
  Start();
  for (int i = 0; i < 200; ++i) Watch(officer_)->Leave();
  EXPECT_LE(feed_->listeners(), 128u);
  const auto listener = Watch(officer_);
  Hit("R-1");
  EXPECT_THAT(listener->Await(1), SizeIs(1));
  EXPECT_EQ(feed_->listeners(), 1u);
}

TEST_F(HitWatchTest, LetsWatchersGoWhenTheGatewayStops) {
  Start();
  const auto listener = Watch(officer_);
  feed_->Drain();
  EXPECT_TRUE(listener->Wait().ok());
  EXPECT_EQ(Refusal(officer_, {}), v1::REASON_DRAINING);
}

}  // namespace
}  // namespace tracegate

#include <string>
#include <vector>

#include "tests/gateway/tracing/tracing_house.h"

namespace tracegate {
namespace {

using TracerList = TracingHouse;

TEST_F(TracerList, GivesEveryTraceOnceInPagesNewestFirst) {
  Start();
  for (int i = 0; i < 5; ++i) {
    Checked(Wait(Ask("request-" + std::to_string(i))));
    timers_->Advance(absl::Milliseconds(2));
  }
  v1::ListTracesRequest request;
  request.set_page_size(2);
  std::vector<std::string> listed;
  int pages = 0;
  do {
    auto page = tracer_->List(officer_, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Trace& trace : page->traces()) listed.push_back(trace.request_id());
    request.set_page_token(page->next_page_token());
    ASSERT_LT(++pages, 10);
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  EXPECT_THAT(listed, testing::ElementsAre("request-4", "request-3", "request-2", "request-1",
                                           "request-0"));
}

TEST_F(TracerList, RefusesTokensOfAnotherListOrNoneOfItsOwn) {
  Start();
  for (int i = 0; i < 2; ++i) Checked(Wait(Ask("request-" + std::to_string(i))));
  v1::ListTracesRequest request;
  request.set_page_size(1);
  const std::string token = tracer_->List(officer_, request)->next_page_token();
  ASSERT_FALSE(token.empty());
  request.set_page_token(token);
  EXPECT_TRUE(tracer_->List(officer_, request).ok());
  request.set_page_size(2);  // may change between pages
  EXPECT_TRUE(tracer_->List(officer_, request).ok());
  const Caller colleague = ExampleCaller("BR", "exercito", Role::kRegistry);
  EXPECT_EQ(ReasonOf(tracer_->List(colleague, request).status()), v1::REASON_PAGE_TOKEN_INVALID);
  request.set_serial_number("ABC123");
  EXPECT_EQ(ReasonOf(tracer_->List(officer_, request).status()), v1::REASON_PAGE_TOKEN_INVALID);
  request.clear_serial_number();
  for (const std::string& bad : {std::string("x"), token.substr(1), token + "A"}) {
    request.set_page_token(bad);
    EXPECT_EQ(ReasonOf(tracer_->List(officer_, request).status()), v1::REASON_PAGE_TOKEN_INVALID);
  }
}

TEST_F(TracerList, HoldsThePageSizeToItsBounds) {
  Start();
  v1::ListTracesRequest request;
  for (const int size : {-1, 201}) {
    request.set_page_size(size);
    EXPECT_EQ(ReasonOf(tracer_->List(officer_, request).status()), v1::REASON_FIELD_INVALID);
  }
  for (const int size : {0, 1, 200}) {
    request.set_page_size(size);
    EXPECT_TRUE(tracer_->List(officer_, request).ok());
  }
}

TEST_F(TracerList, ShowsEachStateItsOwnTracesOnly) {
  Start();
  Checked(Wait(Ask()));
  v1::ListTracesRequest request;
  EXPECT_EQ(tracer_->List(officer_, request)->traces_size(), 1);
  const Caller stranger = ExampleCaller("CL", "pdi", Role::kRegistry);
  EXPECT_EQ(tracer_->List(stranger, request)->traces_size(), 0);
  request.set_serial_number("ABC124");
  EXPECT_EQ(tracer_->List(officer_, request)->traces_size(), 0);
}

TEST_F(TracerList, LeavesOutRecordsAndReceiptsAndInventsNoAnswers) {
  v1::RegistryRecord record = ExampleRecord();
  record.mutable_firearm()->clear_manufacturer();  // one that is in doubt
  brazil_->Plays([&](const auto&) { return RecordsOf(record); });
  austria_->Plays([](const auto&) { return Failure(v1::REASON_NO_AGREEMENT, "not with us"); });
  Start();
  Checked(Wait(Ask()));
  auto list = tracer_->List(officer_, {});
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->traces_size(), 1);
  const v1::Trace& trace = list->traces(0);
  EXPECT_FALSE(trace.has_receipt());
  ASSERT_EQ(trace.hops_size(), 2);
  ASSERT_EQ(trace.hops(0).answer().candidates_size(), 1);
  EXPECT_FALSE(trace.hops(0).answer().candidates(0).has_record());
  EXPECT_FALSE(trace.hops(1).has_answer());
}

}  // namespace
}  // namespace tracegate

#include "gateway/tracing/itinerary.h"

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/marking/reading.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate {
namespace {

using testing::ElementsAre;

v1::TraceRequest ReadRequest() {
  v1::TraceRequest request = ExampleRequest();
  *request.mutable_item() = ReadItem(request.item());
  request.mutable_requesting_agency()->set_state("BR");
  return request;
}

std::vector<std::string> StatesOf(const std::vector<v1::RouteStep>& route) {
  std::vector<std::string> states;
  for (const v1::RouteStep& step : route) states.push_back(step.state());
  return states;
}

std::vector<v1::RouteStep> RouteTo(const std::vector<std::string>& states) {
  std::vector<v1::RouteStep> route;
  for (const std::string& state : states) route.emplace_back().set_state(state);
  return route;
}

v1::Hop* AddAnswer(v1::Trace* trace, const std::string& state, v1::Outcome outcome,
                   const std::string& next = "") {
  v1::Hop* hop = trace->add_hops();
  hop->set_number(trace->hops_size());
  hop->set_to_state(state);
  hop->set_state(next.empty() ? v1::HOP_STATE_ANSWERED : v1::HOP_STATE_REDIRECTED);
  hop->mutable_answer()->set_outcome(outcome);
  hop->mutable_answer()->set_next_state(next);
  return hop;
}

std::string Next(const v1::Trace& trace, const std::vector<std::string>& route, int hops_max = 12) {
  const auto step = NextStep(trace, RouteTo(route), hops_max);
  return step ? step->state() : "";
}

TEST(PlanRoute, StartsAtTheOwnRegistryWhereThereIsOne) {
  EXPECT_EQ(StatesOf(PlanRoute(ReadRequest(), true, true))[0], "BR");
  EXPECT_EQ(StatesOf(PlanRoute(ReadRequest(), true, true))[1], "AT");
  EXPECT_EQ(StatesOf(PlanRoute(ReadRequest(), true, false))[0], "AT");
}

TEST(PlanRoute, AsksItsOwnStateOnceWhereTheMarksLeadThereToo) {
  v1::TraceRequest request = ReadRequest();
  request.mutable_requesting_agency()->set_state("AT");
  const auto states = StatesOf(PlanRoute(request, true, true));
  EXPECT_EQ(std::count(states.begin(), states.end(), "AT"), 1);
}

TEST(PlanRoute, IsTheOneStateThatTheRequestNames) {
  v1::TraceRequest request = ReadRequest();
  request.set_to_state("CL");
  EXPECT_THAT(StatesOf(PlanRoute(request, true, true)), ElementsAre("CL"));
  EXPECT_THAT(StatesOf(PlanRoute(request, false, true)), ElementsAre("CL"));
}

TEST(NextStep, FollowsTheRouteWhileNobodyKnowsAnything) {
  v1::Trace trace;
  EXPECT_EQ(Next(trace, {"BR", "AT"}), "BR");
  AddAnswer(&trace, "BR", v1::OUTCOME_NO_RECORD);
  EXPECT_EQ(Next(trace, {"BR", "AT"}), "AT");
  AddAnswer(&trace, "AT", v1::OUTCOME_NO_RECORD);
  EXPECT_EQ(Next(trace, {"BR", "AT"}), "");
}

TEST(NextStep, GoesWhereTheLastAnswerLeadsBeforeTheRoute) {
  v1::Trace trace;
  AddAnswer(&trace, "BR", v1::OUTCOME_TRANSFERRED_TO_STATE, "AR");
  const auto step = NextStep(trace, RouteTo({"BR", "AT"}), 12);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->state(), "AR");
  EXPECT_EQ(step->reason(), v1::ROUTE_REASON_NAMED_IN_ANSWER);
}

TEST(NextStep, EndsWhereAnAnswerSettlesIt) {
  for (int value = v1::Outcome_MIN; value <= v1::Outcome_MAX; ++value) {
    const auto outcome = static_cast<v1::Outcome>(value);
    v1::Trace trace;
    AddAnswer(&trace, "BR", outcome);
    EXPECT_EQ(Next(trace, {"AT"}), Settles(outcome) ? "" : "AT") << v1::Outcome_Name(outcome);
  }
}

TEST(NextStep, EndsWhereTheTrailTurnsBack) {
  v1::Trace trace;
  AddAnswer(&trace, "BR", v1::OUTCOME_TRANSFERRED_TO_STATE, "AR");
  AddAnswer(&trace, "AR", v1::OUTCOME_TRANSFERRED_TO_STATE, "BR");
  EXPECT_EQ(Next(trace, {"BR", "AT"}), "");
  v1::Trace itself;
  AddAnswer(&itself, "BR", v1::OUTCOME_TRANSFERRED_TO_STATE, "BR");
  EXPECT_EQ(Next(itself, {"BR", "AT"}), "");
}

TEST(NextStep, GoesOnAlongTheRouteAfterAHopThatFailed) {
  v1::Trace trace;
  AddAnswer(&trace, "BR", v1::OUTCOME_NO_RECORD);
  v1::Hop* failed = trace.add_hops();
  failed->set_to_state("AT");
  failed->set_state(v1::HOP_STATE_FAILED);
  EXPECT_EQ(Next(trace, {"BR", "AT", "DE"}), "DE");
}

TEST(NextStep, EndsAfterTheGreatestNumberOfHops) {
  v1::Trace trace;
  AddAnswer(&trace, "BR", v1::OUTCOME_NO_RECORD);
  EXPECT_EQ(Next(trace, {"BR", "AT"}, 2), "AT");
  EXPECT_EQ(Next(trace, {"BR", "AT"}, 1), "");
}

TEST(NextStep, AsksAsManyAtOnceAsMayBeButFollowsEachAnswer) {
  v1::Trace trace;
  AddAnswer(&trace, "BR", v1::OUTCOME_NO_RECORD);
  v1::Hop* open = trace.add_hops();
  open->set_to_state("AT");
  open->set_state(v1::HOP_STATE_WAITING);
  const auto route = RouteTo({"BR", "AT", "DE", "CZ"});
  EXPECT_FALSE(NextStep(trace, route, 12, 1)) << "one at a time";
  ASSERT_TRUE(NextStep(trace, route, 12, 2));
  EXPECT_EQ(NextStep(trace, route, 12, 2)->state(), "DE");
  AddAnswer(&trace, "DE", v1::OUTCOME_TRANSFERRED_TO_STATE, "AR");
  ASSERT_TRUE(NextStep(trace, route, 12, 1)) << "the trail itself waits for nobody";
  EXPECT_EQ(NextStep(trace, route, 12, 1)->state(), "AR");
}

TEST(TrailEndOf, SaysWhyEachBranchGoesNoFurther) {
  v1::Trace trace;
  const v1::Hop* leads_on = AddAnswer(&trace, "BR", v1::OUTCOME_TRANSFERRED_TO_STATE, "AR");
  const v1::Hop* loop = AddAnswer(&trace, "AR", v1::OUTCOME_TRANSFERRED_TO_STATE, "BR");
  const v1::Hop* dead_end = AddAnswer(&trace, "AT", v1::OUTCOME_NO_RECORD);
  const v1::Hop* settled = AddAnswer(&trace, "DE", v1::OUTCOME_NO_RECORD_OF_EXPORT);
  const v1::Hop* withheld = AddAnswer(&trace, "CZ", v1::OUTCOME_WITHHELD);
  v1::Hop* failed = trace.add_hops();
  failed->set_to_state("PL");
  failed->set_state(v1::HOP_STATE_FAILED);
  const v1::Hop* too_long = AddAnswer(&trace, "FR", v1::OUTCOME_TRANSFERRED_TO_STATE, "IT");
  EXPECT_EQ(TrailEndOf(trace, *leads_on, 7), v1::TRAIL_END_UNSPECIFIED);
  EXPECT_EQ(TrailEndOf(trace, *loop, 7), v1::TRAIL_END_LOOP);
  EXPECT_EQ(TrailEndOf(trace, *dead_end, 7), v1::TRAIL_END_DEAD_END);
  EXPECT_EQ(TrailEndOf(trace, *settled, 7), v1::TRAIL_END_SETTLED);
  EXPECT_EQ(TrailEndOf(trace, *withheld, 7), v1::TRAIL_END_WITHHELD);
  EXPECT_EQ(TrailEndOf(trace, *failed, 7), v1::TRAIL_END_NOT_TOLD);
  EXPECT_EQ(TrailEndOf(trace, *too_long, 7), v1::TRAIL_END_TOO_LONG);
  EXPECT_EQ(TrailEndOf(trace, *too_long, 8), v1::TRAIL_END_UNSPECIFIED);
}

}  // namespace
}  // namespace tracegate

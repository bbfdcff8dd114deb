#include "gateway/liaison/links.h"

#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/gateway/tracing/example_trace.h"

namespace tracegate {
namespace {

using testing::Contains;

const Caller kOfficer = ExampleCaller("BR", "policia-federal", Role::kLiaison);
constexpr int kDistance = 10;

v1::Trace TraceOf(const std::string& id, const std::string& serial) {
  v1::Trace trace;
  trace.set_trace_id(id);
  *trace.mutable_request() = ExampleRequest();
  trace.mutable_request()->mutable_requesting_agency()->set_state("BR");
  trace.mutable_request()->mutable_requesting_agency()->set_name("policia-federal");
  v1::Firearm* weapon = trace.mutable_request()->mutable_item()->mutable_weapon();
  weapon->set_serial_number(serial);
  weapon->mutable_model()->set_verbatim("17");
  return trace;
}

// Austria tells that the weapon went through that dealer.
void AddDealer(const std::string& name, v1::Trace* trace) {
  v1::Hop* hop = trace->add_hops();
  hop->set_from_state("BR");
  hop->set_to_state("AT");
  v1::Candidate* candidate = hop->mutable_answer()->add_candidates();
  v1::Party* party = candidate->mutable_record()->add_events()->mutable_to_party();
  party->set_kind(v1::PARTY_KIND_DEALER);
  party->set_name(name);
  party->set_state("AT");
}

std::optional<v1::Link> Link(v1::LinkKind kind, const v1::Trace& from, const v1::Trace& to,
                             int distance = kDistance) {
  return LinkOf(kind, LinkedTrace(kOfficer, from), LinkedTrace(kOfficer, to), distance);
}

TEST(LinkOf, LinksTracesOfWhatMayBeTheSameWeapon) {
  const auto same = Link(v1::LINK_KIND_SAME_ITEM, TraceOf("T1", "ABC123"), TraceOf("T2", "ABC123"));
  ASSERT_TRUE(same.has_value());
  EXPECT_EQ(same->from_end().trace_id(), "T1");
  EXPECT_EQ(same->to_end().trace_id(), "T2");
  EXPECT_EQ(same->to_end().state(), "BR");
  EXPECT_FALSE(same->needs_confirmation());
  const auto alike =
      Link(v1::LINK_KIND_SAME_ITEM, TraceOf("T1", "ABC123"), TraceOf("T2", "A8C123"));
  ASSERT_TRUE(alike.has_value());
  EXPECT_TRUE(alike->needs_confirmation());
  EXPECT_GT(same->score(), alike->score());
  EXPECT_FALSE(
      Link(v1::LINK_KIND_SAME_ITEM, TraceOf("T1", "ABC123"), TraceOf("T2", "ZX9999")).has_value());
}

TEST(LinkOf, LinksSerialsOfOneMakerModelAndFormThatAreNear) {
  const auto kind = v1::LINK_KIND_NEIGHBOURING_SERIAL;
  const auto near = Link(kind, TraceOf("T1", "ABC123"), TraceOf("T2", "ABC133"));
  ASSERT_TRUE(near.has_value());
  EXPECT_EQ(near->basis(), "serials ABC123 and ABC133, same maker and model");
  EXPECT_FALSE(near->needs_confirmation());
  EXPECT_FALSE(Link(kind, TraceOf("T1", "ABC123"), TraceOf("T2", "ABC134")).has_value());
  EXPECT_TRUE(Link(kind, TraceOf("T1", "ABC123"), TraceOf("T2", "ABC134"), 11).has_value());
  EXPECT_FALSE(Link(kind, TraceOf("T1", "ABC123"), TraceOf("T2", "ABC123")).has_value());
  EXPECT_FALSE(Link(kind, TraceOf("T1", "ABC123"), TraceOf("T2", "XBC124")).has_value());
  EXPECT_GT(Link(kind, TraceOf("T1", "ABC123"), TraceOf("T2", "ABC124"))->score(), near->score());
}

TEST(LinkOf, DoesNotLinkNeighboursOfAnotherMakerOrModel) {
  v1::Trace other = TraceOf("T2", "ABC124");
  v1::Firearm* weapon = other.mutable_request()->mutable_item()->mutable_weapon();
  const auto kind = v1::LINK_KIND_NEIGHBOURING_SERIAL;
  weapon->clear_model();
  const auto untold = Link(kind, TraceOf("T1", "ABC123"), other);
  ASSERT_TRUE(untold.has_value());
  EXPECT_TRUE(untold->needs_confirmation());
  weapon->mutable_model()->set_verbatim("26");
  EXPECT_FALSE(Link(kind, TraceOf("T1", "ABC123"), other).has_value());
  weapon->mutable_model()->set_verbatim("17");
  weapon->mutable_manufacturer()->set_verbatim("Taurus");
  EXPECT_FALSE(Link(kind, TraceOf("T1", "ABC123"), other).has_value());
}

TEST(LinkOf, LinksRecordsThatNameTheSameDealerWithoutSayingWhich) {
  v1::Trace one = TraceOf("T1", "ABC123");
  v1::Trace other = TraceOf("T2", "KX5512");
  AddDealer("Waffen Huber GmbH", &one);
  AddDealer("WAFFEN HUBER GMBH", &other);
  one.mutable_hops(0)->mutable_answer()->mutable_handling()->add_codes(v1::HANDLING_CODE_H2);
  const auto link = Link(v1::LINK_KIND_SAME_SOURCE, one, other);
  ASSERT_TRUE(link.has_value());
  EXPECT_EQ(link->basis().find("Huber"), std::string::npos);
  EXPECT_THAT(link->handling().codes(), Contains(v1::HANDLING_CODE_H2));
  EXPECT_FALSE(link->needs_confirmation());
  other.mutable_hops(0)->mutable_answer()->mutable_candidates(0)->set_needs_confirmation(true);
  EXPECT_TRUE(Link(v1::LINK_KIND_SAME_SOURCE, one, other)->needs_confirmation());
  v1::Trace third = TraceOf("T3", "KX5513");
  AddDealer("Jagd Maier", &third);
  EXPECT_FALSE(Link(v1::LINK_KIND_SAME_SOURCE, one, third).has_value());
}

TEST(LinkOf, UsesAnAnswerOnlyForWhoeverMayReadIt) {
  v1::Trace one = TraceOf("T1", "ABC123");
  v1::Trace other = TraceOf("T2", "KX5512");
  AddDealer("Waffen Huber", &one);
  AddDealer("Waffen Huber", &other);
  const auto kind = v1::LINK_KIND_SAME_SOURCE;
  EXPECT_TRUE(Link(kind, one, other).has_value());
  other.mutable_request()->mutable_requesting_agency()->set_name("policia-civil");
  EXPECT_FALSE(Link(kind, one, other).has_value());
  v1::Handling* handling = other.mutable_hops(0)->mutable_answer()->mutable_handling();
  handling->add_recipients("BR/policia-militar");
  EXPECT_FALSE(Link(kind, one, other).has_value());
  handling->add_recipients("BR/policia-federal");
  EXPECT_TRUE(Link(kind, one, other).has_value());
  handling->clear_recipients();
  handling->add_recipients("BR");
  EXPECT_TRUE(Link(kind, one, other).has_value());
}

TEST(LinkOf, LinksRecordsThatNameTheSameConsignee) {
  v1::Trace one = TraceOf("T1", "ABC123");
  v1::Trace other = TraceOf("T2", "KX5512");
  AddDealer("Waffen Huber", &one);
  AddDealer("Waffen Huber", &other);
  const auto kind = v1::LINK_KIND_SAME_CONSIGNEE;
  EXPECT_FALSE(Link(kind, one, other).has_value());  // sold at home
  for (v1::Trace* trace : {&one, &other}) {
    auto* record =
        trace->mutable_hops(0)->mutable_answer()->mutable_candidates(0)->mutable_record();
    record->mutable_events(0)->set_kind(v1::LIFE_EVENT_KIND_EXPORT);
  }
  const auto link = Link(kind, one, other);
  ASSERT_TRUE(link.has_value());
  EXPECT_EQ(link->basis(), "records of both name the same consignee");
}

TEST(LinkOf, LinksWhatWasFoundAtOnePlaceOnOneDay) {
  v1::Trace one = TraceOf("T1", "ABC123");
  v1::Trace other = TraceOf("T2", "KX5512");
  for (v1::Trace* trace : {&one, &other}) {
    v1::Recovery& recovery = *trace->mutable_request()->mutable_recovery();
    recovery.set_place("Santos, Cais 3");
    recovery.mutable_date()->set_year(2024);
    recovery.mutable_date()->set_month(3);
    recovery.mutable_date()->set_day(7);
  }
  other.mutable_request()->mutable_recovery()->set_place("SANTOS CAIS 3");
  const auto kind = v1::LINK_KIND_SAME_FIND;
  EXPECT_TRUE(Link(kind, one, other).has_value());
  other.mutable_request()->mutable_recovery()->mutable_date()->set_day(8);
  EXPECT_FALSE(Link(kind, one, other).has_value());
  // A month, or no place, is too little.
  for (v1::Trace* trace : {&one, &other}) {
    trace->mutable_request()->mutable_recovery()->mutable_date()->clear_day();
  }
  EXPECT_FALSE(Link(kind, one, other).has_value());
}

TEST(LinkOf, LinksEstablishedPointsOfDiversionOfTheAskersOwnTraces) {
  v1::Trace one = TraceOf("T1", "ABC123");
  v1::Trace other = TraceOf("T2", "KX5512");
  for (v1::Trace* trace : {&one, &other}) {
    v1::PointOfDiversion& point = *trace->mutable_finding()->mutable_point_of_diversion();
    point.set_established(true);
    point.set_state("AT");
    point.mutable_after()->set_year(2012);
    point.mutable_after()->set_month(5);
    point.mutable_after()->set_day(9);
  }
  const auto kind = v1::LINK_KIND_SAME_POINT_OF_DIVERSION;
  EXPECT_TRUE(Link(kind, one, other).has_value());
  other.mutable_request()->mutable_requesting_agency()->set_name("policia-civil");
  EXPECT_FALSE(Link(kind, one, other).has_value());
  other.mutable_request()->mutable_requesting_agency()->set_name("policia-federal");
  other.mutable_finding()->mutable_point_of_diversion()->set_established(false);
  EXPECT_FALSE(Link(kind, one, other).has_value());
}

TEST(LinkOf, LinksTracesByAConsignmentOnlyThroughTransfers) {
  EXPECT_FALSE(
      Link(v1::LINK_KIND_SAME_CONSIGNMENT, TraceOf("T1", "ABC123"), TraceOf("T2", "ABC123"))
          .has_value());
}

TEST(LinkedTrace, TakesTheDescriptionThatWasGivenLast) {
  v1::Trace trace = TraceOf("T1", "ABC128");
  trace.add_supplements()->set_message("no other description");
  EXPECT_EQ(LinkedTrace(kOfficer, trace).read.serial.key, "ABC128");
  v1::Item* better = trace.add_supplements()->mutable_item();
  better->mutable_weapon()->set_serial_number("ABC123");
  EXPECT_EQ(LinkedTrace(kOfficer, trace).read.serial.key, "ABC123");
}

}  // namespace
}  // namespace tracegate

#include "gateway/transfers/recovery_figures.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/gateway/tracing/example_trace.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

v1::Trace Trace(const std::string& serial, v1::RecoveryKind recovery = v1::RECOVERY_KIND_SEIZED) {
  v1::Trace trace;
  *trace.mutable_request() = ExampleRequest("BR");
  trace.mutable_request()->mutable_requesting_agency()->set_state("BR");
  v1::Firearm* weapon = trace.mutable_request()->mutable_item()->mutable_weapon();
  weapon->set_serial_number(serial);
  weapon->set_type_verbatim("pistola");
  weapon->set_production(v1::PRODUCTION_KIND_INDUSTRIAL);
  trace.mutable_request()->mutable_recovery()->set_kind(recovery);
  *trace.mutable_request()->mutable_recovery()->mutable_date() = ExampleDate(2024, 3, 1);
  trace.mutable_request()->add_offences(v1::OFFENCE_CONTEXT_TRAFFICKING);
  return trace;
}

void Answer(v1::Outcome outcome, v1::Trace* trace) {
  trace->add_hops()->mutable_answer()->set_outcome(outcome);
  trace->mutable_finding()->set_outcome(outcome);
}

void Establish(v1::DiversionMethod method, v1::Trace* trace) {
  trace->mutable_finding()->mutable_point_of_diversion()->set_established(true);
  trace->mutable_finding()->mutable_point_of_diversion()->set_method(method);
}

RecoveryFigures Figures() {
  return RecoveryFigures("BR", absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 12, 31));
}

TEST(RecoveryFigures, CountArmsByWhatTheyAreAndWhatTracingSaidOfThem) {
  RecoveryFigures figures = Figures();
  v1::Trace told = Trace("A1001");
  Answer(v1::OUTCOME_TRANSFERRED_TO_STATE, &told);
  figures.Add(told);
  v1::Trace unknown = Trace("A1002");
  Answer(v1::OUTCOME_NO_RECORD, &unknown);
  figures.Add(unknown);
  figures.Add(Trace("A1003"));
  figures.Add(Trace("A1004", v1::RECOVERY_KIND_FOUND));
  const auto flows = figures.ArmsFlows();
  ASSERT_TRUE(flows.ok());
  ASSERT_EQ(flows->rows_size(), 2);
  const v1::ArmsFlowRow& seized = flows->rows(0);
  EXPECT_EQ(seized.recovery(), v1::RECOVERY_KIND_SEIZED);
  EXPECT_NE(seized.type(), v1::FIREARM_TYPE_UNSPECIFIED);
  EXPECT_EQ(seized.production(), v1::PRODUCTION_KIND_INDUSTRIAL);
  EXPECT_EQ(seized.serial_status(), v1::SERIAL_STATUS_COMPLETE);
  EXPECT_EQ(seized.offence(), v1::OFFENCE_CONTEXT_TRAFFICKING);
  EXPECT_EQ(seized.recovered(), 3);
  EXPECT_EQ(seized.traced(), 2);
  EXPECT_EQ(seized.traced_to_state(), 1);
}

TEST(RecoveryFigures, CountTracesOfOneWeaponOnce) {
  RecoveryFigures figures = Figures();
  figures.Add(Trace("A-1001"));
  v1::Trace again = Trace("A 1001");
  Answer(v1::OUTCOME_LAST_HOLDER_IDENTIFIED, &again);
  Establish(v1::DIVERSION_METHOD_TRACING, &again);
  figures.Add(again);
  figures.Add(Trace("A1001"));
  EXPECT_EQ(figures.Origins().recovered(), 1);
  EXPECT_EQ(figures.Origins().established(), 1);
  EXPECT_EQ(figures.ArmsFlows()->rows(0).traced(), 1);
}

TEST(RecoveryFigures, CountWhatIsSurelyNotOneWeaponApart) {
  RecoveryFigures figures = Figures();
  figures.Add(Trace("A1001"));
  v1::Trace other_day = Trace("A1001");
  other_day.mutable_request()->mutable_recovery()->mutable_date()->set_day(2);
  figures.Add(other_day);
  v1::Trace other_maker = Trace("A1001");
  other_maker.mutable_request()
      ->mutable_item()
      ->mutable_weapon()
      ->mutable_manufacturer()
      ->set_verbatim("Beretta");
  figures.Add(other_maker);
  // Of numbers that are not read whole, nobody knows.
  figures.Add(Trace("A10??"));
  figures.Add(Trace("A10??"));
  EXPECT_EQ(figures.Origins().recovered(), 5);
}

TEST(RecoveryFigures, HaveTheNumeratorAndDenominatorOfTheIndicator) {
  RecoveryFigures figures = Figures();
  v1::Trace traced = Trace("A1001");
  Establish(v1::DIVERSION_METHOD_TRACING, &traced);
  figures.Add(traced);
  v1::Trace otherwise = Trace("A1002", v1::RECOVERY_KIND_FOUND);
  Establish(v1::DIVERSION_METHOD_OTHER, &otherwise);
  figures.Add(otherwise);
  figures.Add(Trace("A1003", v1::RECOVERY_KIND_SURRENDERED));
  const v1::OriginFigures origins = figures.Origins();
  EXPECT_EQ(origins.recovered(), 3);
  EXPECT_EQ(origins.seized(), 1);
  EXPECT_EQ(origins.found(), 1);
  EXPECT_EQ(origins.surrendered(), 1);
  EXPECT_EQ(origins.established(), 2);
  EXPECT_EQ(origins.established_by_tracing(), 1);
  EXPECT_EQ(origins.established_otherwise(), 1);
}

TEST(RecoveryFigures, LeaveOutOtherPeriodsAndOtherStates) {
  RecoveryFigures figures = Figures();
  v1::Trace earlier = Trace("A1001");
  *earlier.mutable_request()->mutable_recovery()->mutable_date() = ExampleDate(2023, 12, 31);
  figures.Add(earlier);
  v1::Trace asked_of_us = Trace("A1002");
  asked_of_us.mutable_request()->mutable_requesting_agency()->set_state("AT");
  figures.Add(asked_of_us);
  v1::Trace on_behalf = Trace("A1003");
  on_behalf.mutable_request()->mutable_recovery()->set_state("PY");
  figures.Add(on_behalf);
  EXPECT_EQ(figures.Origins().recovered(), 0);
}

TEST(RecoveryFigures, TakeTheDayOfTheRequestWhereTheFindHasNone) {
  RecoveryFigures figures = Figures();
  v1::Trace trace = Trace("A1001");
  trace.mutable_request()->mutable_recovery()->clear_date();
  trace.mutable_create_time()->set_seconds(1735689599);  // 2024-12-31T23:59:59Z
  figures.Add(trace);
  EXPECT_EQ(figures.Origins().recovered(), 1);
  trace.mutable_create_time()->set_seconds(1735689600);
  trace.mutable_request()->mutable_item()->mutable_weapon()->set_serial_number("A1002");
  figures.Add(trace);
  EXPECT_EQ(figures.Origins().recovered(), 1);
}

TEST(RecoveryFigures, CountPartsAndCartridgesBesides) {
  RecoveryFigures figures = Figures();
  v1::Trace part = Trace("A1001");
  part.mutable_request()->mutable_item()->mutable_essential_part()->set_serial_number("B7");
  figures.Add(part);
  v1::Trace lot = Trace("A1001");
  lot.mutable_request()->mutable_item()->mutable_ammunition_lot()->set_quantity(500);
  figures.Add(lot);
  const auto flows = figures.ArmsFlows();
  EXPECT_EQ(flows->parts(), 1);
  EXPECT_EQ(flows->cartridges(), 500);
  EXPECT_EQ(flows->rows_size(), 0);
}

}  // namespace
}  // namespace tracegate

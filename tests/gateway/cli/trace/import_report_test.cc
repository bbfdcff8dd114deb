#include "gateway/cli/import_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "gateway/cli/progress_bar.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

class ImportReportTest : public testing::Test {
 protected:
  ImportReportTest() {
    for (const char* id : {"foz-2026-1", "foz-2026-20", "foz-2026-3"}) {
      ImportRow& row = rows_.rows.emplace_back();
      row.line = 2 * static_cast<int64_t>(rows_.rows.size());
      row.create.set_request_id(id);
    }
  }

  static v1::ImportTracesResponse Traced(v1::TraceState state) {
    v1::ImportTracesResponse response;
    response.mutable_trace()->set_trace_id("01M85M52NW478R2HHE00000001");
    response.mutable_trace()->set_state(state);
    if (state == v1::TRACE_STATE_ANSWERED) {
      response.mutable_trace()->mutable_finding()->set_outcome(v1::OUTCOME_NO_RECORD);
    } else {
      v1::Hop& hop = *response.mutable_trace()->add_hops();
      hop.set_to_state("DE");
      hop.set_state(v1::HOP_STATE_WAITING);
      hop.mutable_failure()->set_reason(v1::REASON_PEER_UNAVAILABLE);
    }
    return response;
  }

  static v1::ImportTracesResponse Failed() {
    v1::ImportTracesResponse response;
    response.set_request_id("foz-2026-3");
    response.mutable_failure()->set_reason(v1::REASON_QUALITY_GATE);
    v1::FieldViolation& violation = *response.mutable_failure()->add_violations();
    violation.set_field("request.item.weapon.serial_number");
    violation.set_description("was removed");
    return response;
  }

  ImportRows rows_;
  std::ostringstream out_;
};

TEST_F(ImportReportTest, GivesEachRowALineInOrder) {
  ImportReport report(rows_, false, out_);
  report.Add(Traced(v1::TRACE_STATE_ANSWERED), true);
  report.Add(Traced(v1::TRACE_STATE_IN_PROGRESS), true);
  report.Add(Failed(), true);
  EXPECT_EQ(out_.str(),
            "  LINE  REQUEST      STATE           TRACE                       FINDING\n"
            "     2  foz-2026-1   answered        01M85M52NW478R2HHE00000001  no record\n"
            "     4  foz-2026-20  in progress     01M85M52NW478R2HHE00000001  DE waiting, "
            "PEER_UNAVAILABLE\n"
            "     6  foz-2026-3   failed                                      QUALITY_GATE: "
            "request.item.weapon.serial_number: was removed\n");
  EXPECT_EQ(report.Summary(), "3 rows: 1 ended, 1 in progress, 1 failed");
  EXPECT_EQ(report.Exit(), kExitRefused);
}

TEST_F(ImportReportTest, SaysThatAWeaponWasTracedBefore) {
  ImportReport report(rows_, false, out_);
  auto response = Traced(v1::TRACE_STATE_ANSWERED);
  v1::MarkRemark& remark = *response.mutable_trace()->add_remarks();
  remark.set_kind(v1::REMARK_KIND_TRACED_BEFORE);
  remark.set_message("Traced before: T.");
  report.Add(response, true);
  EXPECT_THAT(out_.str(), HasSubstr("no record; Traced before: T.\n"));
}

TEST_F(ImportReportTest, GivesEachRowALineOfJson) {
  ImportReport report(rows_, true, out_);
  report.Add(Failed(), true);
  EXPECT_THAT(out_.str(), HasSubstr("{\"line\":2,\"request_id\":\"foz-2026-3\",\"failure\":{"));
  EXPECT_EQ(out_.str().back(), '\n');
}

TEST_F(ImportReportTest, IsDoneWhereEveryTraceEndedAndInProgressWhereOneGoesOn) {
  for (const bool all : {true, false}) {
    ImportReport report(rows_, true, out_);
    report.Add(Traced(v1::TRACE_STATE_ANSWERED), true);
    report.Add(Traced(v1::TRACE_STATE_REFUSED), true);
    if (all) report.Add(Traced(v1::TRACE_STATE_RESTRICTED), true);
    EXPECT_EQ(report.Exit(), all ? kExitOk : kExitInProgress);
    EXPECT_EQ(report.Summary(), all ? "3 rows: 3 ended" : "3 rows: 2 ended, 1 not answered");
  }
}

TEST_F(ImportReportTest, FailsForARowThatCannotBeReadAndWorseForAReceiptThatDoesNotHold) {
  rows_.bad.push_back({8, "serial", "is not UTF-8"});
  ImportReport report(rows_, true, out_);
  for (int i = 0; i < 2; ++i) report.Add(Traced(v1::TRACE_STATE_ANSWERED), true);
  EXPECT_EQ(report.Exit(), kExitRefused);
  report.Add(Traced(v1::TRACE_STATE_ANSWERED), false);
  EXPECT_EQ(report.Exit(), kExitNoProof);
  EXPECT_EQ(report.Summary(), "4 rows: 3 ended, 1 cannot be read, 1 WITHOUT A RECEIPT THAT HOLDS");
}

TEST(ProgressBar, RedrawsItselfOnATerminal) {
  std::ostringstream out;
  ProgressBar bar(out, true, 4);
  bar.Show(1, 0);
  EXPECT_EQ(out.str(), "\r\x1b[K[#######.......................] 1 of 4");
  bar.Show(4, 2);
  EXPECT_THAT(out.str(), HasSubstr("[##############################] 4 of 4, 2 failed"));
  out.str("");
  bar.Clear();
  EXPECT_EQ(out.str(), "\r\x1b[K");
  bar.Clear();
  EXPECT_EQ(out.str(), "\r\x1b[K");
}

TEST(ProgressBar, IsALineAtEachTenthElsewhere) {
  std::ostringstream out;
  ProgressBar bar(out, false, 20);
  for (size_t done = 1; done <= 4; ++done) bar.Show(done, done / 4);
  bar.Clear();
  EXPECT_EQ(out.str(), "2 of 20\n4 of 20, 1 failed\n");
}

}  // namespace
}  // namespace tracegate

#include "gateway/cli/transfer_import_report.h"

#include <gtest/gtest.h>

#include <sstream>

namespace tracegate {
namespace {

class TransferImportReportTest : public testing::Test {
 protected:
  TransferImportReportTest() {
    rows_.rows = 2;
    for (const char* id : {"fi-2021-1", "fi-2021-20"}) {
      MappedTransfer& transfer = rows_.transfers.emplace_back();
      transfer.line = 1 + static_cast<int64_t>(rows_.transfers.size());
      transfer.request.set_request_id(id);
    }
  }

  static v1::ImportTransfersResponse Recorded() {
    v1::ImportTransfersResponse response;
    response.mutable_transfer()->set_transfer_id("01M85M52NW478R2HHE00000001");
    v1::RecordRemark& remark = *response.mutable_transfer()->add_remarks();
    remark.set_field("authorisation");
    remark.set_text("no licence is named");
    return response;
  }

  static v1::ImportTransfersResponse Failed() {
    v1::ImportTransfersResponse response;
    response.mutable_failure()->set_reason(v1::REASON_FIELD_INVALID);
    v1::FieldViolation& violation = *response.mutable_failure()->add_violations();
    violation.set_field("record.date");
    violation.set_description("is in the future");
    return response;
  }

  TransferRows rows_;
  std::ostringstream out_;
};

TEST_F(TransferImportReportTest, GivesEachTransferALineInOrder) {
  TransferImportReport report(rows_, false, out_);
  report.Add(Recorded(), true);
  report.Add(Failed(), true);
  EXPECT_EQ(
      out_.str(),
      "  LINE  REQUEST               TRANSFER                    REMARKS\n"
      "     2  fi-2021-1   recorded  01M85M52NW478R2HHE00000001  authorisation: no licence is "
      "named\n"
      "     3  fi-2021-20  failed                                FIELD_INVALID: record.date: is "
      "in the future\n");
  EXPECT_EQ(report.Summary(), "2 rows, 2 transfers: 1 recorded, 1 of them with remarks, 1 failed");
  EXPECT_EQ(report.Exit(), kExitRefused);
}

TEST_F(TransferImportReportTest, IsDoneOnlyWhereAllOfTheFileIsOnRecord) {
  TransferImportReport report(rows_, false, out_);
  report.Add(Recorded(), true);
  EXPECT_EQ(report.Exit(), kExitInProgress) << "one is not answered";
  report.Add(Recorded(), true);
  EXPECT_EQ(report.Exit(), kExitOk);
  rows_.lines_lost = 1;
  EXPECT_EQ(report.Exit(), kExitRefused) << "a line of the file is in no record";
}

TEST_F(TransferImportReportTest, DoesNotPassOverAReceiptThatDoesNotHold) {
  TransferImportReport report(rows_, false, out_);
  report.Add(Recorded(), false);
  report.Add(Recorded(), true);
  EXPECT_EQ(report.Exit(), kExitNoProof);
}

TEST_F(TransferImportReportTest, GivesJsonWithTheLine) {
  TransferImportReport report(rows_, true, out_);
  report.Add(Failed(), true);
  EXPECT_EQ(out_.str().substr(0, 22), "{\"line\":2,\"failure\":{\"");
}

}  // namespace
}  // namespace tracegate

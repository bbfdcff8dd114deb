#include "gateway/cli/typed_transfer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gateway/cli/attachment.h"
#include "gateway/cli/report_input.h"
#include "gateway/cli/typed_day.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

std::string FieldOf(const absl::Status& status) {
  const v1::FailureDetail detail = DetailOf(status);
  EXPECT_EQ(detail.reason(), v1::REASON_CONFIG_INVALID) << status;
  return detail.violations().empty() ? "" : detail.violations(0).field();
}

TEST(TypedDay, IsAsMuchAsWasTyped) {
  EXPECT_EQ(DateText(*ParseDay("--date", "2024")), "2024");
  EXPECT_EQ(DateText(*ParseDay("--date", "2024-02")), "2024-02");
  EXPECT_EQ(DateText(*ParseDay("--date", "2024-02-29")), "2024-02-29");
  for (const char* const text : {"", "24", "2023-02-29", "2024-13", "29.02.2024", "2024-02-29x"}) {
    EXPECT_EQ(FieldOf(ParseDay("--date", text).status()), "--date") << text;
  }
}

TEST(TypedDay, HasAFirstAndALastDay) {
  EXPECT_EQ(DateText(*ParseFirstDay("--from", "2024")), "2024-01-01");
  EXPECT_EQ(DateText(*ParseFirstDay("--from", "2024-02")), "2024-02-01");
  EXPECT_EQ(DateText(*ParseLastDay("--to", "2024")), "2024-12-31");
  EXPECT_EQ(DateText(*ParseLastDay("--to", "2024-02")), "2024-02-29");
  EXPECT_EQ(DateText(*ParseLastDay("--to", "2023-02")), "2023-02-28");
  EXPECT_EQ(DateText(*ParseLastDay("--to", "2023-02-03")), "2023-02-03");
}

TEST(TypedTransfer, NamesAnAuthorisationByStateAndNumber) {
  const auto reference = ParseAuthorisation("--authorisation", "FI/2026/0417");
  ASSERT_TRUE(reference.ok());
  EXPECT_EQ(reference->issuing_state(), "FI");
  EXPECT_EQ(reference->number(), "2026/0417");
  for (const char* const text : {"", "FI", "FI/", "2026-0417"}) {
    EXPECT_EQ(FieldOf(ParseAuthorisation("--authorisation", text).status()), "--authorisation");
  }
}

class FilesOfAnOfficer : public testing::Test {
 protected:
  FilesOfAnOfficer() { std::filesystem::create_directories(folder_); }
  ~FilesOfAnOfficer() override { std::filesystem::remove_all(folder_); }

  std::string File(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      ("officer." + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(FilesOfAnOfficer, BecomeDocumentsOfAnAnswer) {
  v1::EndUseAnswer answer;
  answer.add_documents()->set_reference("EUC=17");
  const std::string file = File("c.pdf", "%PDF");
  EXPECT_TRUE(Attach("EUC=17=" + file, &answer).ok());
  EXPECT_EQ(answer.documents(0).content(), "%PDF");
  EXPECT_EQ(FieldOf(Attach("EUC-18=" + file, &answer)), "--attach");
  EXPECT_EQ(FieldOf(Attach("EUC-17", &answer)), "--attach");
  EXPECT_EQ(FieldOf(Attach("EUC=17=" + File("empty", ""), &answer)), (folder_ / "empty").string());
  const std::string most = File("most", std::string(262'144, 'x'));
  EXPECT_TRUE(Attach("EUC=17=" + most, &answer).ok());
  const std::string over = File("over", std::string(262'145, 'x'));
  EXPECT_EQ(FieldOf(Attach("EUC=17=" + over, &answer)), over);
}

TEST(Attachment, IsTheNewestOfThatReference) {
  v1::Transfer transfer;
  for (const char* const content : {"old", "new"}) {
    auto& document = *transfer.add_end_uses()->mutable_answer()->add_documents();
    document.set_reference("EUC-17");
    document.set_content(content);
  }
  transfer.add_end_uses()->mutable_answer()->add_documents()->set_reference("by hash");
  EXPECT_EQ(*ContentOf(transfer, "EUC-17"), "new");
  EXPECT_EQ(FieldOf(ContentOf(transfer, "EUC-18").status()), "--document");
  EXPECT_THAT(std::string(ContentOf(transfer, "by hash").status().message()),
              HasSubstr("without its bytes"));
}

TEST_F(FilesOfAnOfficer, SayWhatAReportIsAbout) {
  TypedReport typed;
  typed.kind = v1::REPORT_KIND_ATT_ANNUAL;
  typed.file = File("head.yaml",
                    "state: FI\nauthority: {state: FI, name: mfa}\navailability: PUBLIC\n"
                    "export_definition: BORDER_CROSSED\nimport_definition: TITLE_PASSED\n");
  typed.from = "2024";
  typed.to = "2024";
  typed.basis = "actual";
  typed.import_basis = "authorised";
  typed.values = true;
  typed.categories = {"battle_tanks"};
  typed.corrects = "01Q";
  typed.request_id = "report-2024";
  const auto request = ReportRequestOf(typed);
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->head().state(), "FI");
  EXPECT_EQ(DateText(request->head().to_date()), "2024-12-31");
  EXPECT_EQ(request->export_basis(), v1::TRANSFER_BASIS_ACTUAL);
  EXPECT_EQ(request->import_basis(), v1::TRANSFER_BASIS_AUTHORISED);
  EXPECT_TRUE(request->with_values());
  EXPECT_FALSE(request->with_quantities());
  EXPECT_EQ(request->categories(0), v1::ARMS_CATEGORY_BATTLE_TANKS);
  EXPECT_EQ(request->corrects_report_id(), "01Q");
  EXPECT_EQ(request->request_id(), "report-2024");

  typed.values = false;
  EXPECT_TRUE(ReportRequestOf(typed)->with_values());
  EXPECT_TRUE(ReportRequestOf(typed)->with_quantities()) << "without either, both";

  TypedReport wrong = typed;
  wrong.basis = "real";
  EXPECT_EQ(FieldOf(ReportRequestOf(wrong).status()), "--basis");
  wrong = typed;
  wrong.import_basis = "real";
  EXPECT_EQ(FieldOf(ReportRequestOf(wrong).status()), "--import-basis");
  wrong = typed;
  wrong.to = "soon";
  EXPECT_EQ(FieldOf(ReportRequestOf(wrong).status()), "--to");
  wrong = typed;
  wrong.categories = {"tanks"};
  EXPECT_EQ(FieldOf(ReportRequestOf(wrong).status()), "--category");
  wrong = typed;
  wrong.file = File("bad.yaml", "stat: FI\n");
  EXPECT_THAT(std::string(ReportRequestOf(wrong).status().message()),
              HasSubstr("bad.yaml:1:1: stat"));
}

}  // namespace
}  // namespace tracegate

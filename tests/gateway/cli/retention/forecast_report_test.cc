#include "gateway/cli/forecast_report.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

RetentionForecast Example() {
  RetentionForecast forecast;
  forecast.rules.push_back({"traces-20y", "ITI 12", {3, 700, 4, 9}});
  forecast.rules.push_back({"refused-1y", "Act 7", {}});
  forecast.held = {2, 50, 10, 11};
  forecast.no_rule = {1, 8, 12, 12};
  forecast.nothing = 5;
  forecast.for_ever = 6;
  v1::LegalHold& hold = forecast.holds.emplace_back();
  hold.set_hold_id("case 7");
  hold.set_trace_id("T1");
  hold.set_ground("order of a court");
  return forecast;
}

const absl::Time kAt = absl::FromUnixSeconds(1'800'000'000);

TEST(ForecastReport, HasWhatEachRuleWouldErase) {
  const auto report = ForecastReport(Example(), kAt);
  EXPECT_EQ(report["at"], "2027-01-15T08:00:00Z");
  EXPECT_EQ(report["rules"][0]["id"], "traces-20y");
  EXPECT_EQ(report["rules"][0]["source"], "ITI 12");
  EXPECT_EQ(report["rules"][0]["entries"], 3);
  EXPECT_EQ(report["rules"][0]["bytes"], 700);
  EXPECT_EQ(report["rules"][0]["first"], 4);
  EXPECT_EQ(report["rules"][0]["last"], 9);
  EXPECT_EQ(report["rules"][1]["entries"], 0);
  EXPECT_FALSE(report["rules"][1].contains("first"));
}

TEST(ForecastReport, HasWhatIsKeptAndWhy) {
  const auto report = ForecastReport(Example(), kAt);
  EXPECT_EQ(report["held"]["entries"], 2);
  EXPECT_EQ(report["no_rule"]["bytes"], 8);
  EXPECT_EQ(report["running"]["entries"], 0);
  EXPECT_EQ(report["open_trace"]["entries"], 0);
  EXPECT_EQ(report["without_content"], 5);
  EXPECT_EQ(report["kept_for_ever"], 6);
  EXPECT_EQ(report["holds"][0]["hold_id"], "case 7");
  EXPECT_EQ(report["holds"][0]["trace_id"], "T1");
}

TEST(ForecastReport, SaysTheSameToPeople) {
  const std::string text = ForecastText(Example(), kAt);
  EXPECT_THAT(text, ContainsRegex("erased under traces-20y +3 +700 +4 +9"));
  EXPECT_THAT(text, ContainsRegex("erased under refused-1y +0 +0 +- +-"));
  EXPECT_THAT(text, ContainsRegex("kept: held +2 +50 +10 +11"));
  EXPECT_THAT(text, HasSubstr("hold case 7 on trace T1: order of a court\n"));
}

}  // namespace
}  // namespace tracegate

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "adapters/conformance/trial.h"
#include "tests/adapters/conformance/faulty_registry.h"

namespace tracegate {
namespace {

using Kind = Verdict::Kind;

std::vector<TriedCase> Tried(const std::string& fault, Bench::Options options) {
  return TryAdapter(std::make_unique<FaultyRegistry>(fault), std::move(options));
}

TEST(Conformance, PassesAnAdapterThatIsAsTheContractHasIt) {
  for (const TriedCase& one : Tried("", {.known = FaultyRegistry::Known()})) {
    EXPECT_TRUE(one.verdict.passed()) << one.tried->name << ": " << one.verdict.why;
  }
}

TEST(Conformance, SkipsWhatNeedsAKnownWeaponWhereNoneIsNamed) {
  std::set<std::string> skipped;
  for (const TriedCase& one : Tried("", {})) {
    EXPECT_NE(one.verdict.kind, Kind::kFailed) << one.tried->name << ": " << one.verdict.why;
    if (one.verdict.kind == Kind::kSkipped) skipped.insert(one.tried->name);
  }
  EXPECT_EQ(skipped,
            (std::set<std::string>{"finds_known", "finds_by_pattern", "keeps_the_bound",
                                   "shows_known", "takes_newer_words", "no_command_elsewhere"}));
}

TEST(Conformance, TriesNoFurtherWhatIsNotHealthy) {
  const auto tried = Tried("is_healthy", {.ready_patience = absl::Milliseconds(1)});
  for (size_t i = 1; i + 1 < tried.size(); ++i) {
    EXPECT_EQ(tried[i].verdict.kind, Kind::kSkipped) << tried[i].tried->name;
  }
}

class FaultOf : public ::testing::TestWithParam<std::string> {};

TEST_P(FaultOf, IsFoundByItsCase) {
  const auto tried = Tried(GetParam(), {.known = FaultyRegistry::Known(),
                                        .patience = absl::Seconds(2),
                                        .ready_patience = absl::Milliseconds(1)});
  for (const TriedCase& one : tried) {
    if (one.tried->name != GetParam()) continue;
    EXPECT_EQ(one.verdict.kind, Kind::kFailed);
    EXPECT_FALSE(one.verdict.why.empty());
  }
}

std::vector<std::string> NamesOfCases() {
  std::vector<std::string> names;
  for (const ConformanceCase& one : ConformanceCases()) names.emplace_back(one.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Each, FaultOf, ::testing::ValuesIn(NamesOfCases()),
                         [](const auto& info) { return info.param; });

TEST(ConformancePage, ListsTheCasesInTheirOrder) {
  std::ifstream page(TRACEGATE_SOURCE_DIR "/docs/reference/adapter_conformance.md");
  ASSERT_TRUE(page.is_open());
  std::vector<std::string> rows, expected;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| `")) rows.push_back(line);
  }
  for (const ConformanceCase& one : ConformanceCases()) {
    expected.push_back("| `" + std::string(one.name) + "` | " + one.proves + " |");
  }
  EXPECT_EQ(rows, expected);
}

}  // namespace
}  // namespace tracegate

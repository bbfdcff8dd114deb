#include "gateway/transfers/wassenaar_states.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

using testing::HasSubstr;

constexpr char kHeader[] = "code,since,source\n";

TEST(WassenaarStates, TakePartFromTheDayOfTheirAdmissionOn) {
  const WassenaarStates& states = WassenaarStates::Standard();
  EXPECT_TRUE(states.TookPart("AT", absl::CivilDay(2010, 1, 1)));
  EXPECT_FALSE(states.TookPart("IN", absl::CivilDay(2017, 12, 7)));
  EXPECT_TRUE(states.TookPart("IN", absl::CivilDay(2017, 12, 8)));
  EXPECT_FALSE(states.TookPart("BR", absl::CivilDay(2024, 1, 1)));
}

TEST(WassenaarStates, RefuseATableThatIsWrongNamingTheLine) {
  const struct {
    const char* row;
    const char* problem;
  } cases[] = {{"XX,1996-07-12,a list\n", "names no present State"},
               {"SUHH,1996-07-12,a list\n", "names no present State"},
               {"AT,12 July 1996,a list\n", "has no day"},
               {"AT,1996-07-12,\n", "has no source"},
               {"AT,1996-07-12,a list\nAT,1997-01-01,a list\n", "repeats a State"}};
  for (const auto& one : cases) {
    const auto parsed = WassenaarStates::Parse(std::string(kHeader) + one.row);
    ASSERT_FALSE(parsed.ok()) << one.row;
    EXPECT_THAT(parsed.status().message(), HasSubstr(one.problem));
  }
  EXPECT_TRUE(WassenaarStates::Parse(std::string(kHeader) + "AT,1996-07-12,a list\n").ok());
}

}  // namespace
}  // namespace tracegate

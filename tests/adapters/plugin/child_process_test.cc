#include "adapters/plugin/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

// glibc 2.36 declares these for C alone.
extern "C" {
#include <sys/pidfd.h>
}

#include "adapters/plugin/line_splitter.h"
#include "adapters/plugin/paced_teller.h"

namespace tracegate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kPatienceMs = 60'000;

std::unique_ptr<ChildProcess> Started(std::vector<std::string> arguments) {
  auto child = ChildProcess::Start({std::move(arguments), "", {}});
  EXPECT_TRUE(child.ok()) << child.status();
  return child.ok() ? *std::move(child) : nullptr;
}

std::string LineOf(int fd) {
  std::string line;
  pollfd readable = {fd, POLLIN, 0};
  for (char c; poll(&readable, 1, kPatienceMs) > 0 && read(fd, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

TEST(ChildProcess, SaysHowItEnded) {
  auto child = Started({"/bin/sh", "-c", "exit 3"});
  EXPECT_TRUE(child->AwaitEnd({}, absl::Minutes(1)));
  EXPECT_EQ(child->End(absl::ZeroDuration()), "ended with 3");
  EXPECT_EQ(child->End(absl::ZeroDuration()), "ended with 3") << "asked again";
}

TEST(ChildProcess, EndsWithItsInput) {
  auto child = Started({"/bin/sh", "-c", "trap '' TERM; echo ready; cat; exit 4"});
  EXPECT_EQ(LineOf(child->output()), "ready");
  EXPECT_EQ(child->End(absl::Minutes(1)), "ended with 4");
}

TEST(ChildProcess, IsAwaitedNoLongerThanAsked) {
  auto child = Started({"/bin/cat"});
  EXPECT_FALSE(child->AwaitEnd({}, absl::Milliseconds(1)));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(child->AwaitEnd(stop.get_token(), absl::InfiniteDuration()));
}

TEST(ChildProcess, HasNoDescriptorOfItsParentsButThree) {
  const int left_open = dup(STDERR_FILENO);  // without close-on-exec
  ASSERT_TRUE(left_open > 2 && left_open < 10) << left_open;
  auto child = Started({"/bin/sh", "-c",
                        "for fd in 3 4 5 6 7 8 9; do (: >&$fd) 2>/dev/null && echo $fd; done; "
                        "echo no other"});
  EXPECT_EQ(LineOf(child->output()), "no other");
  close(left_open);
}

TEST(ChildProcess, IgnoresNoSignalThatItsParentDoes) {
  signal(SIGPIPE, SIG_IGN);
  auto child = Started({"/bin/sh", "-c", "kill -PIPE $$; exit 0"});
  EXPECT_TRUE(child->AwaitEnd({}, absl::Minutes(1)));
  EXPECT_EQ(child->End(absl::ZeroDuration()), "was ended by signal 13");
  signal(SIGPIPE, SIG_DFL);
}

TEST(ChildProcess, SaysWhatTheSystemHasAgainstAProgram) {
  const auto missing = ChildProcess::Start({{"/nothing/there"}, "", {}});
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("No such file"));
  const auto no_folder = ChildProcess::Start({{"/bin/cat"}, "/nothing/there", {}});
  EXPECT_THAT(std::string(no_folder.status().message()), HasSubstr("No such file"));
  const auto no_program = ChildProcess::Start({{"/"}, "", {}});
  EXPECT_THAT(std::string(no_program.status().message()), HasSubstr("Permission denied"));
}

TEST(ChildProcess, DoesNotOutliveAParentThatIsKilled) {
  auto parent = Started({FAKE_ADAPTER, "keeps_a_child"});
  const int grandchild = pidfd_open(std::stoi(LineOf(parent->output())), 0);
  ASSERT_GE(grandchild, 0);
  EXPECT_THAT(parent->End(absl::ZeroDuration()), HasSubstr("was ended by signal"));
  pollfd ended = {grandchild, POLLIN, 0};
  EXPECT_EQ(poll(&ended, 1, kPatienceMs), 1) << "it lives on";
  close(grandchild);
}

TEST(LineSplitter, CutsLongLinesAndTakesControlCharactersForBlanks) {
  std::vector<std::string> lines;
  LineSplitter splitter([&](std::string line) { lines.push_back(std::move(line)); });
  splitter.Add("one\r\n\ntwo\x1b[31m\npar");
  splitter.Add("t " + std::string(2000, 'x'));
  splitter.Add("more\nlast");
  splitter.End();
  EXPECT_THAT(lines,
              ElementsAre("one", "two [31m",
                          "part " + std::string(LineSplitter::kLineBytesMax - 5, 'x'), "last"));
}

TEST(PacedTeller, TellsAFewLinesAMinute) {
  std::vector<std::string> lines;
  PacedTeller tell([&](const std::string& line) { lines.push_back(line); }, 2);
  for (const char* line : {"a", "b", "c", "d"}) tell(line);
  EXPECT_THAT(lines, ElementsAre("a", "b"));
}

}  // namespace
}  // namespace tracegate

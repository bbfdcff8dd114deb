#include "adapters/plugin/plugin_adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "adapters/plugin/child_endpoint.h"
#include "protos/tracegate/failure.h"
#include "tests/adapters/eventually.h"
#include "tests/adapters/registry_calls.h"

namespace tracegate {
namespace {

using adapter::v1::FindRequest;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

FindRequest Asking(const std::string& serial, int candidates_max = 10) {
  FindRequest request;
  request.set_hop_id("hop");
  request.add_serial_spellings(serial);
  request.set_candidates_max(candidates_max);
  return request;
}

// The plugin adapter over a child that behaves in some way, and all that its keeper is told.
class PluginAdapterTest : public ::testing::Test, public RegistryCalls {
 protected:
  // Its temporary folder is this test's own, so that what is left behind shows.
  PluginAdapterTest() {
    std::string name = ::testing::TempDir() + "/plugin-XXXXXX";
    folder_ = mkdtemp(name.data());
    setenv("TMPDIR", folder_.c_str(), 1);
  }
  ~PluginAdapterTest() override {
    adapter_.reset();
    EXPECT_TRUE(std::filesystem::is_empty(folder_)) << "the sockets' folder is left behind";
    unsetenv("TMPDIR");
    std::filesystem::remove_all(folder_);
  }

  ChildEndpoint::Options Child(const std::string& mode) {
    return {.command = {{FAKE_ADAPTER, mode}, "", {"PATH=/bin"}},
            .tell = [this](const std::string& line) { Tell(line); },
            .greeting_time = absl::Minutes(1),
            .end_grace = absl::Seconds(10)};
  }

  void Make(ChildEndpoint::Options child, PluginAdapter::Options options = {"fake", "DE"},
            PluginSupervisor::Options process = {}) {
    process.endpoint = std::make_unique<ChildEndpoint>(std::move(child));
    process.tell = [this](const std::string& line) { Tell(line); };
    process.pause_first = absl::Milliseconds(1);
    adapter_ = std::make_unique<PluginAdapter>(std::move(options), std::move(process));
  }

  // Makes it, and waits until it answers.
  void Start(const std::string& mode) {
    Make(Child(mode));
    ASSERT_TRUE(Answers()) << Told();
  }

  bool Answers() {
    return Eventually([this] { return Health().ok(); });
  }

  void Tell(const std::string& line) {
    const std::lock_guard lock(mutex_);
    told_ += line + "\n";
  }
  std::string Told() {
    const std::lock_guard lock(mutex_);
    return told_;
  }
  bool IsTold(const std::string& words) {
    return Eventually([&] { return Told().find(words) != std::string::npos; });
  }

  // The fake's own number, which it gives in place of how soon it answers.
  pid_t ChildPid() const { return static_cast<pid_t>(adapter_->Describe().expected_answer_ms()); }

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::string told_;
};

TEST_F(PluginAdapterTest, AsksTheChildAndGivesItsRecords) {
  Start("sound");
  const auto found = Find(Asking("AB1234"));
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records().records_size(), 1);
  EXPECT_EQ(found->records().records(0).record_number(), "7");
  EXPECT_EQ(found->records().records(0).firearm().serial_number(), "AB-12 34");
  EXPECT_THAT(Find(Asking("AB1235"))->records().records(), IsEmpty());
  EXPECT_TRUE(GetRecord("7").ok());
}

TEST_F(PluginAdapterTest, StartsNothingBeforeItIsAsked) {
  Make(Child("sound"));
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(PluginAdapterTest, DescribesWhatTheChildSaysUnderItsConfiguredName) {
  Make(Child("sound"));
  EXPECT_FALSE(adapter_->Describe().partial_serials());
  ASSERT_TRUE(Answers()) << Told();
  EXPECT_TRUE(adapter_->Describe().partial_serials());
  EXPECT_EQ(adapter_->Describe().name(), "fake");
}

TEST_F(PluginAdapterTest, PassesNoWordOfTheChildsFailureToTheAsker) {
  Start("fails");
  const absl::Status failed = Find(Asking("AB1234")).status();
  EXPECT_EQ(ReasonOf(failed), v1::REASON_REGISTRY_MISMATCH);
  EXPECT_THAT(std::string(failed.message()), Not(HasSubstr("secret")));
  EXPECT_TRUE(IsTold("secret words")) << Told();
  const absl::Status unknown = GetRecord("9").status();
  EXPECT_EQ(ReasonOf(unknown), v1::REASON_RECORD_NOT_FOUND);
  EXPECT_THAT(std::string(unknown.message()), Not(HasSubstr("secret")));
}

struct Wrong {
  const char* mode;
  v1::Reason reason;
  const char* says;
};

class PluginAnswer : public PluginAdapterTest, public ::testing::WithParamInterface<Wrong> {};

TEST_P(PluginAnswer, IsRefusedOnceAndTheNextCallGoesOn) {
  Start(GetParam().mode);
  for (int i = 0; i < 2; ++i) {
    const absl::Status status = Find(Asking("AB1234", 1)).status();
    EXPECT_EQ(ReasonOf(status), GetParam().reason) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().says));
    EXPECT_TRUE(Health().ok());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, PluginAnswer,
    ::testing::Values(Wrong{"too_many", v1::REASON_REGISTRY_MISMATCH, "at most 1 were asked for"},
                      Wrong{"latin1", v1::REASON_REGISTRY_MISMATCH, "UTF-8"},
                      Wrong{"no_message", v1::REASON_REGISTRY_MISMATCH, "cannot be used"},
                      Wrong{"large", v1::REASON_REGISTRY_MISMATCH, "too large"},
                      Wrong{"busy", v1::REASON_OVERLOADED, "too many calls"},
                      Wrong{"cancels", v1::REASON_REGISTRY_UNAVAILABLE, "broke off"}),
    [](const auto& info) { return std::string(info.param.mode); });

TEST_F(PluginAdapterTest, RefusesARecordOfAnotherNumber) {
  Start("another_record");
  EXPECT_EQ(ReasonOf(GetRecord("7").status()), v1::REASON_REGISTRY_MISMATCH);
}

TEST_F(PluginAdapterTest, RefusesRequestsOutOfBoundsItself) {
  Make(Child("exits"));
  EXPECT_EQ(ReasonOf(Find(Asking("1", 0)).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(Find(Asking("1", 51)).status()), v1::REASON_FIELD_INVALID);
  EXPECT_EQ(ReasonOf(GetRecord("").status()), v1::REASON_FIELD_INVALID);
}

TEST_F(PluginAdapterTest, EndsACallAtItsDeadline) {
  Start("sound");
  const absl::Status late =
      Find(Asking("HANG"), {absl::Now() + absl::Milliseconds(50), {}}).status();
  EXPECT_EQ(ReasonOf(late), v1::REASON_DEADLINE_EXCEEDED) << late;
  EXPECT_EQ(ReasonOf(Find(Asking("1"), {absl::Now() - absl::Seconds(1), {}}).status()),
            v1::REASON_DEADLINE_EXCEEDED);
  EXPECT_TRUE(Find(Asking("AB1234")).ok()) << "the child goes on";
}

TEST_F(PluginAdapterTest, EndsACallThatIsCancelled) {
  Start("sound");
  std::stop_source nobody_waits;
  std::promise<absl::Status> answered;
  adapter_->Find({absl::InfiniteFuture(), nobody_waits.get_token()}, Asking("HANG"),
                 [&](const auto& answer) { answered.set_value(answer.status()); });
  nobody_waits.request_stop();
  EXPECT_EQ(ReasonOf(answered.get_future().get()), v1::REASON_CANCELLED);
}

TEST_F(PluginAdapterTest, EndsWhatIsInFlightWhenItIsDestroyed) {
  Start("sound");
  std::atomic<int> ended = 0;
  for (int i = 0; i < 8; ++i) {
    adapter_->Find({}, Asking("HANG"), [&](const auto& answer) {
      EXPECT_EQ(ReasonOf(answer.status()), v1::REASON_CANCELLED);
      ++ended;
    });
  }
  adapter_.reset();
  EXPECT_EQ(ended, 8);
}

TEST_F(PluginAdapterTest, RefusesCallsBeyondItsBound) {
  Make(Child("sound"), {"fake", "DE", /*concurrency=*/2});
  ASSERT_TRUE(Answers()) << Told();
  std::stop_source stop;
  std::promise<absl::Status> answered[2];
  for (auto& answer : answered) {
    adapter_->Find({absl::InfiniteFuture(), stop.get_token()}, Asking("HANG"),
                   [&answer](const auto& found) { answer.set_value(found.status()); });
  }
  const absl::Status refused = Find(Asking("AB1234")).status();
  EXPECT_EQ(ReasonOf(refused), v1::REASON_OVERLOADED) << refused;
  EXPECT_EQ(DetailOf(refused).retry_after().seconds(), 1);
  stop.request_stop();
  for (auto& answer : answered) answer.get_future().wait();
  EXPECT_TRUE(Eventually([this] { return Find(Asking("AB1234")).ok(); }));
}

TEST_F(PluginAdapterTest, FailsACallWhoseChildDiesAndStartsAnother) {
  Start("sound");
  const pid_t first = ChildPid();
  EXPECT_EQ(ReasonOf(Find(Asking("DIE")).status()), v1::REASON_REGISTRY_UNAVAILABLE);
  ASSERT_TRUE(Eventually([&] { return Health().ok() && ChildPid() != first; })) << Told();
  EXPECT_TRUE(Find(Asking("AB1234")).ok());
  EXPECT_TRUE(IsTold("was ended by signal 9")) << Told();
}

TEST_F(PluginAdapterTest, GivesEveryCallOneOutcomeThroughAHundredDeathsUnderLoad) {
  Make(Child("sound"), {"fake", "DE"}, {.well_after = absl::ZeroDuration()});
  ASSERT_TRUE(Answers()) << Told();
  std::atomic<bool> over = false;
  std::atomic<int> asked = 0, outcomes = 0, found = 0;
  std::vector<std::thread> askers;
  for (int i = 0; i < 3; ++i) {
    askers.emplace_back([&] {
      while (!over) {
        ++asked;
        const auto answer = Find(Asking("AB1234"));
        ++outcomes;
        EXPECT_TRUE(answer.ok() || absl::IsUnavailable(answer.status())) << answer.status();
        if (answer.ok()) ++found;
        absl::SleepFor(absl::Milliseconds(1));
      }
    });
  }
  for (int deaths = 0; deaths < 100; ++deaths) {
    // The line of the former child may be there a moment longer: such a call says nothing of a new one.
    ASSERT_TRUE(Answers()) << deaths;
    EXPECT_EQ(ReasonOf(Find(Asking("DIE")).status()), v1::REASON_REGISTRY_UNAVAILABLE);
  }
  EXPECT_TRUE(Eventually([this] { return Find(Asking("AB1234")).ok(); }));
  over = true;
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(asked, outcomes);
  EXPECT_GT(found, 0);
}

TEST_F(PluginAdapterTest, TakesNothingButHttp2ForAnAdapter) {
  Make(Child("garbage"), {"fake", "DE"}, {.describe_time = absl::Milliseconds(300)});
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("the adapter is gone")) << Told();
  EXPECT_TRUE(absl::IsUnavailable(Find(Asking("AB1234")).status()));
}

TEST_F(PluginAdapterTest, TellsWhyAChildEndedAtOnce) {
  Make(Child("exits"));
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("the database is not there")) << Told();
  EXPECT_TRUE(IsTold("it ended with 3 before it said that it listens; again in 1ms")) << Told();
  EXPECT_TRUE(IsTold("again in 2ms")) << "the pause doubles";
  EXPECT_EQ(ReasonOf(Find(Asking("1")).status()), v1::REASON_REGISTRY_UNAVAILABLE);
}

TEST_F(PluginAdapterTest, GivesUpOnAChildThatDoesNotGreet) {
  auto child = Child("silent");
  child.greeting_time = absl::Milliseconds(50);
  Make(std::move(child));
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("it did not say that it listens; expected the line 'tracegate-adapter 1'"))
      << Told();
}

TEST_F(PluginAdapterTest, AsksNothingOfAChildOfAnotherVersion) {
  Make(Child("another_version"));
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("it speaks version 2 of the contract; expected 1")) << Told();
  EXPECT_TRUE(absl::IsUnavailable(Health()));
}

TEST_F(PluginAdapterTest, TakesNoOtherLineForTheGreeting) {
  Make(Child("talks_first"));
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("its first line was 'hello'; expected 'tracegate-adapter 1'")) << Told();
}

TEST_F(PluginAdapterTest, AsksNothingOfAChildThatCoversAnotherState) {
  Make(Child("covers_another_state"));
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("what it says of itself is wrong: states: is not the configured State alone"))
      << Told();
  EXPECT_TRUE(absl::IsUnavailable(Find(Asking("AB1234")).status()));
}

TEST_F(PluginAdapterTest, SaysThatAProgramCannotBeRun) {
  auto child = Child("sound");
  child.command.arguments[0] = (folder_ / "nothing").string();
  Make(std::move(child));
  EXPECT_TRUE(absl::IsUnavailable(Health()));
  EXPECT_TRUE(IsTold("nothing cannot be run: No such file or directory")) << Told();
}

TEST_F(PluginAdapterTest, AnswersWhileTheChildFloodsItsErrors) {
  Start("floods");
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(Find(Asking("AB1234")).ok());
  EXPECT_TRUE(IsTold("spill"));
  EXPECT_THAT(Told(), Not(HasSubstr(std::string(LineSplitter::kLineBytesMax + 1, 'x'))));
}

TEST_F(PluginAdapterTest, MakesAStubbornChildEnd) {
  auto child = Child("stubborn");
  child.end_grace = absl::Milliseconds(20);
  Make(std::move(child));
  ASSERT_TRUE(Answers()) << Told();
  const pid_t pid = ChildPid();
  EXPECT_EQ(kill(pid, 0), 0);
  adapter_.reset();
  EXPECT_NE(kill(pid, 0), 0) << "it still runs";
}

TEST_F(PluginAdapterTest, RestartsAChildThatAnswersNoMore) {
  auto child = Child("sound");
  child.end_grace = absl::Milliseconds(20);
  Make(std::move(child), {"fake", "DE"},
       {.describe_time = absl::Seconds(5), .look_period = absl::Milliseconds(10)});
  ASSERT_TRUE(Answers()) << Told();
  const pid_t first = ChildPid();
  ASSERT_EQ(kill(first, SIGSTOP), 0);
  EXPECT_TRUE(IsTold("it does not answer any more")) << Told();
  EXPECT_TRUE(Eventually([&] { return Health().ok() && ChildPid() != first; })) << Told();
}

TEST_F(PluginAdapterTest, GivesTheChildItsOwnEnvironmentAndFolderAndNothingElse) {
  setenv("TRACEGATE_TEST_SECRET", "of the gateway", 1);
  auto child = Child("prints_environment");
  child.command.environment.push_back("CSV=weapons.csv");
  child.command.folder = "/";
  Make(std::move(child));
  ASSERT_TRUE(Answers()) << Told();
  unsetenv("TRACEGATE_TEST_SECRET");
  EXPECT_TRUE(IsTold("in /\n"));
  EXPECT_THAT(Told(), HasSubstr("PATH=/bin\nCSV=weapons.csv\nTRACEGATE_ADAPTER_SOCKET=/"));
  EXPECT_THAT(Told(), HasSubstr("TRACEGATE_ADAPTER_VERSION=1\nin /\n"));
  EXPECT_THAT(Told(), Not(HasSubstr("SECRET")));
}

}  // namespace
}  // namespace tracegate

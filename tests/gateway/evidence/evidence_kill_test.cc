// The log of a process that is killed while many threads append to it.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "gateway/evidence/evidence_log.h"
#include "gtest/gtest.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/evidence/held_log.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

constexpr int kAppenders = 64;
constexpr int kRounds = 8;

// One acknowledgement in one write: a pipe keeps up to PIPE_BUF (4096) bytes together, also among threads.
bool Tell(int pipe, const std::string& trace_id, const std::string& reply) {
  const auto length = [](const std::string& text) {
    const auto size = static_cast<uint32_t>(text.size());
    return std::string(reinterpret_cast<const char*>(&size), sizeof(size)) + text;
  };
  const std::string message = length(trace_id) + length(reply);
  return message.size() <= 4096 &&
         write(pipe, message.data(), message.size()) == static_cast<ssize_t>(message.size());
}

// Takes the next length and text off the front; false where they are not there whole.
bool TakeText(std::string_view& bytes, std::string* text) {
  uint32_t size = 0;
  if (bytes.size() < sizeof(size)) return false;
  std::memcpy(&size, bytes.data(), sizeof(size));
  if (bytes.size() < sizeof(size) + size) return false;
  *text = bytes.substr(sizeof(size), size);
  bytes.remove_prefix(sizeof(size) + size);
  return true;
}

[[noreturn]] void AppendUntilKilled(const SqliteRecordStore::Options& options, int round,
                                    int pipe) {
  auto store = SqliteRecordStore::Open(options);
  if (!store.ok()) _exit(1);
  auto log = EvidenceLog::Open(store->get(), ExampleOptions());
  if (!log.ok()) _exit(2);
  std::vector<std::thread> appenders;
  for (int appender = 0; appender < kAppenders; ++appender) {
    appenders.emplace_back([&, appender] {
      for (int i = 0;; ++i) {
        const std::string trace_id =
            std::to_string(round) + "-" + std::to_string(appender) + "-" + std::to_string(i);
        const auto recorded = AppendTo(**log, ExampleDraft(trace_id));
        if (!recorded.ok() || !Tell(pipe, trace_id, recorded->reply)) _exit(3);
      }
    });
  }
  for (std::thread& appender : appenders) appender.join();
  _exit(4);
}

// Reads what comes through a pipe: until there are so many bytes, or to its end.
void ReadFrom(int pipe, size_t enough, std::string* bytes) {
  char block[65536];
  while (bytes->size() < enough) {
    const ssize_t count = read(pipe, block, sizeof(block));
    if (count <= 0) return;
    bytes->append(block, static_cast<size_t>(count));
  }
}

std::vector<Outcome> OutcomesIn(std::string_view bytes) {
  std::vector<Outcome> outcomes;
  std::string trace_id;
  std::string reply;
  while (TakeText(bytes, &trace_id) && TakeText(bytes, &reply))
    outcomes.push_back({trace_id, reply});
  EXPECT_TRUE(bytes.empty());
  return outcomes;
}

TEST(EvidenceLogKill, AtAnyMomentLosesNothingAcknowledgedToManyAppenders) {
  std::mt19937 random(64);
  const SqlitePlace place;
  // Small enough for the write-ahead log to be moved and started over all the time.
  const SqliteRecordStore::Options options{.file = place.file(), .wal_frames = 32};
  std::vector<Outcome> all;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      AppendUntilKilled(options, round, ends[1]);
    }
    close(ends[1]);
    // Killed after so many acknowledgements and then at any moment of the next batches.
    std::string bytes;
    ReadFrom(ends[0], random() % 400'000, &bytes);
    usleep(static_cast<useconds_t>(random() % 3000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "ended by itself: " << WEXITSTATUS(status);
    ReadFrom(ends[0], SIZE_MAX, &bytes);
    close(ends[0]);
    const std::vector<Outcome> outcomes = OutcomesIn(bytes);
    all.insert(all.end(), outcomes.begin(), outcomes.end());
    const int64_t size = ExpectHeld(options, all);
    EXPECT_GE(size, 2 * static_cast<int64_t>(all.size()));
    if (testing::Test::HasFailure()) return;
  }
  RecordProperty("acknowledged", std::to_string(all.size()));
  EXPECT_GT(all.size(), size_t{kAppenders});
}

}  // namespace
}  // namespace tracegate

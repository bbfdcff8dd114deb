#include "adapters/sql/driver_thread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <memory>

namespace tracegate {
namespace {

class DriverThreadTest : public ::testing::Test {
 protected:
  CallWatch WatchUntil(absl::Time deadline) { return {"r", deadline, {}, &closing_}; }

  std::atomic<bool> closing_ = false;
  const std::shared_ptr<DriverThread::Count> count_ = DriverThread::NewCount();
};

TEST_F(DriverThreadTest, RunsOneWorkAfterTheOther) {
  DriverThread thread(count_);
  int ran = 0;
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(thread.Run([&ran] { ++ran; }, WatchUntil(absl::InfiniteFuture())));
  EXPECT_EQ(ran, 3);
}

TEST_F(DriverThreadTest, LeavesWorkThatDoesNotComeBackAndKnowsOfIt) {
  const auto release = std::make_shared<std::latch>(1);
  {
    DriverThread thread(count_);
    EXPECT_FALSE(thread.Run([release] { release->wait(); },
                            WatchUntil(absl::Now() + absl::Milliseconds(20))));
  }
  EXPECT_EQ(DriverThread::Running(*count_), 1) << "destroying it did not wait";
  release->count_down();
  DriverThread::AwaitNone(*count_, absl::Seconds(60));
  EXPECT_EQ(DriverThread::Running(*count_), 0);
}

TEST_F(DriverThreadTest, DoesWhatIsLeftToItBeforeItEnds) {
  const auto done = std::make_shared<std::atomic<bool>>(false);
  {
    DriverThread thread(count_);
    thread.Leave([done] { *done = true; });
  }
  DriverThread::AwaitNone(*count_, absl::Seconds(60));
  EXPECT_TRUE(*done);
}

}  // namespace
}  // namespace tracegate

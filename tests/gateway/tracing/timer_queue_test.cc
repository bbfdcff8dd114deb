#include "gateway/tracing/timer_queue.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tracegate {
namespace {

TEST(TimerQueue, RunsWhatIsDueInOrderOfTimeAndThenOfAsking) {
  TimerQueue timers;
  absl::Notification entered;
  absl::Notification all_asked;
  absl::Notification done;
  std::vector<int> order;
  const absl::Time past = absl::Now() - absl::Seconds(100);
  timers.At(past, [&] {
    entered.Notify();
    all_asked.WaitForNotification();
  });
  entered.WaitForNotification();
  timers.At(past + absl::Seconds(3), [&] { order.push_back(3); });
  timers.At(past + absl::Seconds(1), [&] { order.push_back(1); });
  timers.At(past + absl::Seconds(2), [&] { order.push_back(2); });
  timers.At(past + absl::Seconds(2), [&] { order.push_back(20); });
  timers.At(past + absl::Seconds(4), [&] { done.Notify(); });
  all_asked.Notify();
  done.WaitForNotification();
  EXPECT_THAT(order, testing::ElementsAre(1, 2, 20, 3));
}

TEST(TimerQueue, WakesForAnEarlierTimeThanTheOneItWaitsFor) {
  TimerQueue timers;
  timers.At(absl::Now() + absl::Hours(1), [] { FAIL(); });
  absl::Notification done;
  timers.At(absl::Now(), [&] { done.Notify(); });
  EXPECT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(30)));
}

TEST(TimerQueue, DoesNotRunWhatWasCancelled) {
  TimerQueue timers;
  absl::Notification entered;
  absl::Notification go;
  absl::Notification done;
  const absl::Time past = absl::Now() - absl::Seconds(1);
  timers.At(past, [&] {
    entered.Notify();
    go.WaitForNotification();
  });
  entered.WaitForNotification();
  bool ran = false;
  const Timers::Id id = timers.At(past, [&] { ran = true; });
  timers.At(past + absl::Milliseconds(1), [&] { done.Notify(); });
  timers.Cancel(id);
  timers.Cancel(id);
  timers.Cancel(12345);
  go.Notify();
  done.WaitForNotification();
  EXPECT_FALSE(ran);
}

TEST(TimerQueue, LetsACallbackAskAndCancel) {
  TimerQueue timers;
  absl::Notification done;
  const Timers::Id never = timers.At(absl::Now() + absl::Hours(1), [] { FAIL(); });
  timers.At(absl::Now(), [&] {
    timers.Cancel(never);
    timers.At(absl::Now(), [&] { done.Notify(); });
  });
  EXPECT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(30)));
}

TEST(TimerQueue, StopsAfterTheRunningCallbackAndDropsTheRest) {
  auto held = std::make_shared<int>(7);
  std::weak_ptr<int> watched = held;
  bool ran = false;
  absl::Notification entered;
  bool finished = false;
  TimerQueue timers;
  timers.At(absl::Now() + absl::Hours(1), [&ran, held = std::move(held)] { ran = true; });
  timers.At(absl::Now(), [&] {
    entered.Notify();
    finished = true;
  });
  entered.WaitForNotification();
  timers.Stop();
  EXPECT_TRUE(finished);
  EXPECT_TRUE(watched.expired());
  timers.At(absl::Now(), [&] { ran = true; });
  timers.Stop();
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace tracegate

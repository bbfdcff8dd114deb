#include "adapters/worker_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <set>

namespace tracegate {
namespace {

TEST(WorkerPool, RunsEveryTaskOnce) {
  std::atomic<int> runs = 0;
  {
    WorkerPool pool(3, 100);
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(pool.Submit([&](size_t) { ++runs; }));
  }
  EXPECT_EQ(runs, 100) << "the destructor ran what was taken";
}

TEST(WorkerPool, RefusesPastItsBoundAndTakesMoreAfter) {
  WorkerPool pool(1, 2);
  std::latch started(1);
  std::promise<void> release;
  std::atomic<int> runs = 0;
  ASSERT_TRUE(pool.Submit([&, released = release.get_future().share()](size_t) {
    started.count_down();
    released.wait();
  }));
  started.wait();
  EXPECT_TRUE(pool.Submit([&](size_t) { ++runs; }));
  std::latch second_done(1);
  EXPECT_TRUE(pool.Submit([&](size_t) {
    ++runs;
    second_done.count_down();
  }));
  EXPECT_FALSE(pool.Submit([&](size_t) { runs = 1000; }));
  release.set_value();
  second_done.wait();
  EXPECT_EQ(runs, 2) << "the refused task never runs";
  EXPECT_TRUE(pool.Submit([](size_t) {}));
}

TEST(WorkerPool, RunsAsManyAtOnceAsItHasWorkers) {
  std::latch all_running(4);
  std::mutex mutex;
  std::set<size_t> workers;
  {
    WorkerPool pool(4, 4);
    for (int i = 0; i < 4; ++i) {
      ASSERT_TRUE(pool.Submit([&](size_t worker) {
        all_running.arrive_and_wait();
        const std::lock_guard lock(mutex);
        workers.insert(worker);
      }));
    }
  }
  EXPECT_THAT(workers, ::testing::ElementsAre(0, 1, 2, 3));
}

TEST(WorkerPool, TakesWorkFromItsOwnTasks) {
  std::promise<void> done;
  WorkerPool pool(1, 1);
  ASSERT_TRUE(
      pool.Submit([&](size_t) { ASSERT_TRUE(pool.Submit([&](size_t) { done.set_value(); })); }));
  done.get_future().wait();
}

TEST(WorkerPool, LetsGoOfATaskOnceItRan) {
  auto held = std::make_shared<int>(1);
  std::latch next(1);
  WorkerPool pool(1, 2);
  ASSERT_TRUE(pool.Submit([held](size_t) {}));
  ASSERT_TRUE(pool.Submit([&](size_t) { next.count_down(); }));
  next.wait();
  EXPECT_EQ(held.use_count(), 1);
}

TEST(WorkerPool, TakesTasksFromManyThreads) {
  std::atomic<int> taken = 0, runs = 0;
  {
    WorkerPool pool(2, 16);
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
      callers.emplace_back([&] {
        for (int j = 0; j < 200; ++j) taken += pool.Submit([&](size_t) { ++runs; }) ? 1 : 0;
      });
    }
    for (std::thread& caller : callers) caller.join();
  }
  EXPECT_EQ(taken, runs);
  EXPECT_GT(runs, 0);
}

}  // namespace
}  // namespace tracegate

#include "gateway/tracing/step_gate.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

TEST(StepGate, LetsStepsThroughUntilItIsClosed) {
  StepGate gate;
  {
    const StepGate::Step outer(&gate);
    const StepGate::Step inner(&gate);
    EXPECT_TRUE(outer);
    EXPECT_TRUE(inner);
  }
  gate.Close();
  EXPECT_TRUE(gate.closed());
  EXPECT_FALSE(StepGate::Step(&gate));
  gate.Close();
}

TEST(StepGate, WaitsForTheStepsUnderWay) {
  StepGate gate;
  std::atomic<bool> inside{false};
  std::atomic<bool> left{false};
  std::thread stepper([&] {
    const StepGate::Step step(&gate);
    inside = true;
    while (!gate.closed()) std::this_thread::yield();
    left = true;
  });
  while (!inside) std::this_thread::yield();
  gate.Close();
  EXPECT_TRUE(left);
  stepper.join();
}

TEST(StepGate, LetsNoStepTouchAnythingOnceCloseHasReturned) {
  StepGate gate;
  std::atomic<bool> closed{false};
  std::atomic<int> late{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      while (true) {
        const StepGate::Step step(&gate);
        if (!step) return;
        if (closed) ++late;
      }
    });
  }
  gate.Close();
  closed = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(late, 0);
}

}  // namespace
}  // namespace tracegate

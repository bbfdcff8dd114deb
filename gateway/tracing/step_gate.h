#ifndef TRACEGATE_GATEWAY_TRACING_STEP_GATE_H_
#define TRACEGATE_GATEWAY_TRACING_STEP_GATE_H_

#include <atomic>
#include <thread>

namespace tracegate {

// Lets the steps of traces through until the gateway stops, and then waits for those under way: after Close no step
// touches a registry or opens a question.
//
// Thread safety: all methods from any thread; a step may enter again from within itself. Close is not called from
// within a step.
class StepGate {
 public:
  // One step through the gate; converts to false where the gate is closed.
  class Step {
   public:
    explicit Step(StepGate* gate) : gate_(gate) {
      gate_->inside_.fetch_add(1);
      open_ = !gate_->closed_.load();
    }
    ~Step() { gate_->inside_.fetch_sub(1); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    explicit operator bool() const { return open_; }

   private:
    StepGate* const gate_;
    bool open_;
  };

  void Close() {
    closed_.store(true);
    while (inside_.load() != 0) std::this_thread::yield();
  }

  bool closed() const { return closed_.load(); }

 private:
  std::atomic<bool> closed_{false};
  std::atomic<int> inside_{0};
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_STEP_GATE_H_

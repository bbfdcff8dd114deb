#ifndef TRACEGATE_ADAPTERS_SQL_DRIVER_THREAD_H_
#define TRACEGATE_ADAPTERS_SQL_DRIVER_THREAD_H_

#include <functional>
#include <memory>

#include "absl/time/time.h"
#include "adapters/call_watch.h"

namespace tracegate {

// A thread for a library that may not come back. Who waits for it stops waiting when the call is over, and leaves it.
//
// Thread safety: one user at a time.
//
// Lifetime: destroying it does not wait: the thread ends once what it runs returns. So work owns all that it touches.
class DriverThread {
 public:
  // How many threads of one user there are, those that were left among them.
  class Count;
  static std::shared_ptr<Count> NewCount();
  static int Running(const Count& count);
  // Waits, no longer than that, until there are none.
  static void AwaitNone(const Count& count, absl::Duration longest);

  explicit DriverThread(std::shared_ptr<Count> count);
  ~DriverThread();

  DriverThread(const DriverThread&) = delete;
  DriverThread& operator=(const DriverThread&) = delete;

  // False where the call was over before the work had returned: the work goes on, and this is given up.
  [[nodiscard]] bool Run(std::function<void()> work, const CallWatch& watch);

  // Has work done that nobody waits for; this is given up.
  void Leave(std::function<void()> work);

 private:
  struct Shared;
  static void Work(const std::shared_ptr<Shared>& shared);

  const std::shared_ptr<Shared> shared_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_DRIVER_THREAD_H_

#ifndef TRACEGATE_GATEWAY_CLI_INTERRUPTION_H_
#define TRACEGATE_GATEWAY_CLI_INTERRUPTION_H_

#include <signal.h>

namespace tracegate {

// Ctrl-C (SIGINT) or SIGTERM as a wish to stop, while it lives; a second one ends the process. One at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  // Whether somebody wants to stop. From any thread.
  static bool wanted();

 private:
  struct sigaction interrupt_before_ {};
  struct sigaction terminate_before_ {};
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_INTERRUPTION_H_

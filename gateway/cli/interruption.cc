#include "gateway/cli/interruption.h"

#include <atomic>

namespace tracegate {
namespace {

std::atomic<bool> wanted_now = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // a signal handler may store to it

}  // namespace

Interruption::Interruption() {
  wanted_now = false;
  struct sigaction action {};
  action.sa_handler = [](int) { wanted_now = true; };
  action.sa_flags = SA_RESETHAND | SA_RESTART;
  sigaction(SIGINT, &action, &interrupt_before_);
  sigaction(SIGTERM, &action, &terminate_before_);
}

Interruption::~Interruption() {
  sigaction(SIGINT, &interrupt_before_, nullptr);
  sigaction(SIGTERM, &terminate_before_, nullptr);
}

bool Interruption::wanted() { return wanted_now; }

}  // namespace tracegate

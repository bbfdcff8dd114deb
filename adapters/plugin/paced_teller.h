#ifndef TRACEGATE_ADAPTERS_PLUGIN_PACED_TELLER_H_
#define TRACEGATE_ADAPTERS_PLUGIN_PACED_TELLER_H_

#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace tracegate {

// Tells whoever keeps an adapter what it says and what is wrong with it, at most `lines_max` lines a minute; how many were
// left out is told with the next.
//
// Thread safety: Tell from any thread.
class PacedTeller {
 public:
  using Tell = std::function<void(const std::string& trouble)>;

  // `tell` may be empty.
  explicit PacedTeller(Tell tell, int lines_max = 60)
      : tell_(std::move(tell)), lines_max_(lines_max) {}

  void operator()(const std::string& trouble) {
    if (!tell_) return;
    const int left_out = Enter();
    if (left_out < 0) return;
    if (left_out > 0) tell_(std::to_string(left_out) + " lines were left out");
    tell_(trouble);
  }

 private:
  // How many were left out before this one; -1 where it is to be left out itself.
  int Enter() {
    const std::lock_guard lock(mutex_);
    const absl::Time now = absl::Now();
    if (now >= minute_ends_) {
      minute_ends_ = now + absl::Minutes(1);
      told_ = 0;
    }
    if (told_ < lines_max_) {
      ++told_;
      return std::exchange(left_out_, 0);
    }
    ++left_out_;
    return -1;
  }

  const Tell tell_;
  const int lines_max_;
  std::mutex mutex_;
  // Guarded by mutex_.
  absl::Time minute_ends_ = absl::InfinitePast();
  int told_ = 0;
  int left_out_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_PACED_TELLER_H_

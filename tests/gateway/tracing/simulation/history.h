#ifndef TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_HISTORY_H_
#define TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_HISTORY_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace tracegate::simulation {

// What happened, line by line: time since the start, then the event.
class History {
 public:
  template <typename... Words>
  void Note(absl::Duration since_start, const Words&... words) {
    lines_.push_back(absl::StrCat(absl::FormatDuration(since_start), " ", words...));
  }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

}  // namespace tracegate::simulation

#endif  // TRACEGATE_TESTS_GATEWAY_TRACING_SIMULATION_HISTORY_H_

#ifndef TRACEGATE_GATEWAY_CLI_PROGRESS_BAR_H_
#define TRACEGATE_GATEWAY_CLI_PROGRESS_BAR_H_

#include <cstddef>
#include <ostream>

namespace tracegate {

// How far something long has come: a bar that redraws itself on a terminal, elsewhere a line at each tenth.
//
// Thread safety: none. Lifetime: the stream outlives it.
class ProgressBar {
 public:
  ProgressBar(std::ostream& out, bool is_terminal, size_t total)
      : out_(out), is_terminal_(is_terminal), total_(total) {}

  // So many are done, and so many of them failed.
  void Show(size_t done, size_t failed);
  // Takes the bar off the terminal's line, for something else to be printed.
  void Clear();

 private:
  std::ostream& out_;
  const bool is_terminal_;
  const size_t total_;
  size_t tenths_ = 0;
  bool drawn_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_PROGRESS_BAR_H_

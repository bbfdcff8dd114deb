#ifndef TRACEGATE_ADAPTERS_PLUGIN_CHILD_VOICE_H_
#define TRACEGATE_ADAPTERS_PLUGIN_CHILD_VOICE_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "adapters/plugin/file_descriptor.h"
#include "adapters/plugin/line_splitter.h"

namespace tracegate {

// What a child process says: its first line of standard output is its greeting, every other line on either is told on. It is
// read slowly enough that a flood costs little, and never kept.
//
// Thread safety: all methods from any thread. Lifetime: the descriptors outlive it; destroying it tells what had been said,
// and stops listening.
class ChildVoice {
 public:
  // Called from a thread of its own.
  using Tell = std::function<void(const std::string& line)>;

  ChildVoice(int output, int errors, Tell tell);
  ~ChildVoice();

  // Waits for the greeting; none where standard output ended, the time is over or `stop` is asked for.
  std::optional<std::string> Greeting(const std::stop_token& stop, absl::Time until);

 private:
  void Listen();
  // What there is to read now, at most one buffer; false at the end.
  bool Hear(int fd, LineSplitter* lines);
  void TakeOutput(std::string line);
  void EndGreeting();

  const int output_;
  const int errors_;
  const Tell tell_;
  const FileDescriptor wake_;
  LineSplitter output_lines_;
  LineSplitter error_lines_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<std::string> greeting_;  // guarded by mutex_
  bool output_ended_ = false;            // guarded by mutex_
  std::thread listening_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_CHILD_VOICE_H_

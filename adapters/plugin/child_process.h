#ifndef TRACEGATE_ADAPTERS_PLUGIN_CHILD_PROCESS_H_
#define TRACEGATE_ADAPTERS_PLUGIN_CHILD_PROCESS_H_

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/plugin/file_descriptor.h"

namespace tracegate {

// A program that runs beside this one: what it says can be read, and it ends with this.
//
// It is told to end by the end of its standard input and by SIGTERM, and made to by SIGKILL; the kernel kills it when the
// thread that started it is gone. It is always meant by a pidfd, so that another process of the same number is never hit.
//
// Thread safety: one thread. Lifetime: destroying it kills it where it still runs, and waits for it.
class ChildProcess {
 public:
  struct Command {
    std::vector<std::string> arguments;    // the program's path first
    std::string folder;                    // where it begins; empty: here
    std::vector<std::string> environment;  // NAME=value; all that it gets
  };

  // Errors: UNAVAILABLE saying what the system had against it.
  static absl::StatusOr<std::unique_ptr<ChildProcess>> Start(const Command& command);
  ~ChildProcess();

  // What it writes to its standard output and error; do not block.
  int output() const { return output_.get(); }
  int errors() const { return errors_.get(); }

  // Waits until it has ended, `wait` is over or `stop` is asked for; whether it has ended.
  bool AwaitEnd(const std::stop_token& stop, absl::Duration wait);

  // Tells it to end, and after `grace` makes it; it has ended then. "ended with 1", "was ended by signal 9".
  std::string End(absl::Duration grace);

 private:
  ChildProcess(int pidfd, FileDescriptor input, FileDescriptor output, FileDescriptor errors);

  void Signal(int number) const;

  FileDescriptor pidfd_;
  FileDescriptor wake_;
  FileDescriptor input_;
  FileDescriptor output_;
  FileDescriptor errors_;
  std::string end_;  // empty: not waited for yet
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_CHILD_PROCESS_H_

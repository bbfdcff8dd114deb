#include "adapters/plugin/child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

// glibc 2.36 declares these for C alone.
extern "C" {
#include <sys/pidfd.h>
}

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/plugin/spawn.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

// Above 2, where the child's own three will be.
FileDescriptor AboveStandard(int fd) {
  FileDescriptor given(fd);
  return FileDescriptor(fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

Pipe OpenPipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  return {AboveStandard(ends[0]), AboveStandard(ends[1])};
}

absl::Status Unavailable(const std::string& what, int error) {
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE, what + ": " + strerror(error));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::Start(const Command& command) {
  Pipe input = OpenPipe(), output = OpenPipe(), errors = OpenPipe();
  for (const Pipe* pipe : {&input, &output, &errors}) {
    if (!pipe->read.is_open() || !pipe->write.is_open()) return Unavailable("no pipe", errno);
  }
  fcntl(output.read.get(), F_SETFL, O_NONBLOCK);
  fcntl(errors.read.get(), F_SETFL, O_NONBLOCK);
  int error = 0;
  const pid_t pid = Spawn({command.arguments, command.folder, command.environment, input.read.get(),
                           output.write.get(), errors.write.get()},
                          &error);
  if (pid < 0) return Unavailable(command.arguments[0] + " cannot be run", error);
  // Nobody has waited for it yet, so the number is still its own.
  const int pidfd = pidfd_open(pid, 0);
  if (pidfd < 0) {
    error = errno;
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    return Unavailable("no pidfd", error);
  }
  return std::unique_ptr<ChildProcess>(new ChildProcess(
      pidfd, std::move(input.write), std::move(output.read), std::move(errors.read)));
}

ChildProcess::ChildProcess(int pidfd, FileDescriptor input, FileDescriptor output,
                           FileDescriptor errors)
    : pidfd_(pidfd),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      input_(std::move(input)),
      output_(std::move(output)),
      errors_(std::move(errors)) {}

ChildProcess::~ChildProcess() { End(absl::ZeroDuration()); }

void ChildProcess::Signal(int number) const { pidfd_send_signal(pidfd_.get(), number, nullptr, 0); }

bool ChildProcess::AwaitEnd(const std::stop_token& stop, absl::Duration wait) {
  const std::stop_callback wake(stop, [this] { eventfd_write(wake_.get(), 1); });
  const absl::Time until = absl::Now() + wait;
  pollfd watched[] = {{pidfd_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
  while (true) {
    const absl::Duration left = std::max(until - absl::Now(), absl::ZeroDuration());
    const int64_t ms = std::min<int64_t>(absl::ToInt64Milliseconds(left), 60'000);
    const int ready = poll(watched, 2, left == absl::ZeroDuration() ? 0 : static_cast<int>(ms) + 1);
    if (ready > 0) return watched[0].revents != 0;
    if (ready == 0 && left == absl::ZeroDuration()) return false;
  }
}

std::string ChildProcess::End(absl::Duration grace) {
  if (!end_.empty()) return end_;
  input_.Close();
  if (!AwaitEnd({}, absl::ZeroDuration())) {
    Signal(SIGTERM);
    if (!AwaitEnd({}, grace)) Signal(SIGKILL);
  }
  siginfo_t how = {};
  while (waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &how, WEXITED) != 0 && errno == EINTR) {
  }
  end_ = (how.si_code == CLD_EXITED ? "ended with " : "was ended by signal ") +
         std::to_string(how.si_status);
  return end_;
}

}  // namespace tracegate

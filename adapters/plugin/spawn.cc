#include "adapters/plugin/spawn.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tracegate {
namespace {

constexpr int kDescriptorsTried = 4096;  // where the kernel is too old for close_range

// All that the child reads: it shares its parent's memory, so nothing is allocated and nothing locked any more.
struct ReadyPlan {
  char* const* arguments;
  char* const* environment;
  const char* folder;  // null: none
  int standard[3];
  pid_t parent;
};

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// In the child; gives the errno that it failed with.
int Become(const ReadyPlan& plan) {
  // A handler of the parent's must not run on memory that both have.
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
  if (getppid() != plan.parent) return ESRCH;
  // Ctrl-C at the terminal is for the gateway, which ends its children in order.
  if (setpgid(0, 0) != 0) return errno;
  for (int i = 0; i < 3; ++i) {
    if (dup2(plan.standard[i], i) < 0) return errno;
  }
  // Whatever some library left open; everything of ours closes with exec.
  if (close_range(3, ~0U, 0) != 0) {
    for (int fd = 3; fd < kDescriptorsTried; ++fd) close(fd);
  }
  if (plan.folder != nullptr && chdir(plan.folder) != 0) return errno;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execve(plan.arguments[0], plan.arguments, plan.environment);
  return errno;
}

// Returns once the child executes its program or has failed to.
pid_t Vfork(const ReadyPlan& plan, volatile int* error) {
  const pid_t pid = vfork();
  if (pid != 0) return pid;
  *error = Become(plan);
  _exit(127);
}

}  // namespace

pid_t Spawn(const SpawnPlan& plan, int* error) {
  const std::vector<char*> arguments = Pointers(plan.arguments);
  const std::vector<char*> environment = Pointers(plan.environment);
  const ReadyPlan ready{arguments.data(),
                        environment.data(),
                        plan.folder.empty() ? nullptr : plan.folder.c_str(),
                        {plan.input, plan.output, plan.errors},
                        getpid()};
  sigset_t all, former;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &former);
  volatile int failed = 0;
  pid_t pid = Vfork(ready, &failed);
  if (pid < 0) failed = errno;
  pthread_sigmask(SIG_SETMASK, &former, nullptr);
  *error = failed;
  if (pid > 0 && failed != 0) {
    waitpid(pid, nullptr, 0);
    pid = -1;
  }
  return pid;
}

}  // namespace tracegate

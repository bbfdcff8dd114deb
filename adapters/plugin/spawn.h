#ifndef TRACEGATE_ADAPTERS_PLUGIN_SPAWN_H_
#define TRACEGATE_ADAPTERS_PLUGIN_SPAWN_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace tracegate {

// What a child process begins as. It has these three descriptors and no others, this environment and nothing of its
// parent's, its own process group, no blocked signals and none ignored; the kernel kills it when the thread that spawned it
// ends.
struct SpawnPlan {
  std::vector<std::string> arguments;    // the program's path first
  std::string folder;                    // where it begins; empty: where its parent is
  std::vector<std::string> environment;  // NAME=value
  int input = -1;
  int output = -1;
  int errors = -1;
};

// The child's pid, or -1 with `*error` an errno: also where the program could not be executed. Safe in a process with
// threads: between its beginning and the program's, the child makes system calls only.
pid_t Spawn(const SpawnPlan& plan, int* error);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_SPAWN_H_

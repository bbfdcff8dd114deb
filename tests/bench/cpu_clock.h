#ifndef TRACEGATE_TESTS_BENCH_CPU_CLOCK_H_
#define TRACEGATE_TESTS_BENCH_CPU_CLOCK_H_

#include <time.h>

namespace tracegate {

// Seconds of CPU that this process has taken: what work on one thread costs, whatever else the machine does.
inline double CpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_CPU_CLOCK_H_

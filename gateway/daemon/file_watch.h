#ifndef TRACEGATE_GATEWAY_DAEMON_FILE_WATCH_H_
#define TRACEGATE_GATEWAY_DAEMON_FILE_WATCH_H_

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace tracegate {

// What tells one state of a set of files from another: place on disk, size and time of change of each, so that a file
// put in another's place, a link turned elsewhere and a file that went away all show.
std::string FingerprintOf(const std::vector<std::string>& files);

// Looks at files at a steady pace and tells when they have changed and then stayed alike for one look: somebody who
// copies several of them, or writes one slowly, is waited for.
//
// Thread safety: all methods from any thread. Lifetime: the destructor waits for a look that is under way.
class FileWatch {
 public:
  struct Options {
    // The files; asked at each look, since a changed configuration may name others.
    std::function<std::vector<std::string>()> files;
    // Runs on the watch's own thread at each look; `changed` once for each change, and where LookNow asked. The first
    // settled look says so too: the files may have changed between being read and being watched.
    std::function<void(bool changed)> look;
    absl::Duration period;
  };

  explicit FileWatch(Options options);
  ~FileWatch();

  // Looks now, as if the files had changed, and returns once that look is over. Not from within `look`.
  void LookNow();

 private:
  void Loop();
  bool HasSettled();

  const Options options_;
  std::string seen_;     // by the last look
  std::string settled_;  // what was last told of

  absl::Mutex mutex_;
  int64_t asked_ ABSL_GUARDED_BY(mutex_) = 0;   // looks asked for
  int64_t served_ ABSL_GUARDED_BY(mutex_) = 0;  // of those, done
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_FILE_WATCH_H_

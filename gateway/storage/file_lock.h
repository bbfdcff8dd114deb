#ifndef TRACEGATE_GATEWAY_STORAGE_FILE_LOCK_H_
#define TRACEGATE_GATEWAY_STORAGE_FILE_LOCK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace tracegate {

// Exclusive ownership of a file among processes, and among owners in this one: flock(2) on
// `<file>.lock` beside it. The kernel lets go of it with the process, so kill -9 leaves nothing stale;
// the empty `.lock` file stays and means nothing by itself.
//
// Lifetime: released by the destructor.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) where somebody else holds it (names the process where
// it can), or where the folder is missing or may not be written.
class FileLock {
 public:
  static absl::StatusOr<std::unique_ptr<FileLock>> Acquire(const std::string& file);
  ~FileLock();

  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  const int descriptor_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_FILE_LOCK_H_

#include "gateway/storage/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "gateway/storage/sqlite_failure.h"

namespace tracegate {
namespace {

// Who holds the lock, for the message alone: the lock itself does not depend on it.
std::string HolderOf(int descriptor) {
  char text[32];
  const ssize_t read = pread(descriptor, text, sizeof(text), 0);
  if (read <= 0) return "another process";
  return "process " + std::string(text, static_cast<size_t>(read));
}

}  // namespace

absl::StatusOr<std::unique_ptr<FileLock>> FileLock::Acquire(const std::string& file) {
  const std::string path = file + ".lock";
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return StoreFileFailure(path, "cannot be opened: " + std::generic_category().message(errno));
  }
  auto lock = std::unique_ptr<FileLock>(new FileLock(descriptor));
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return StoreFileFailure(path, "cannot be locked: " + std::generic_category().message(errno));
    }
    return StoreFileFailure(file, "is in use by " + HolderOf(descriptor));
  }
  const std::string holder = std::to_string(getpid());
  if (ftruncate(descriptor, 0) != 0 ||
      pwrite(descriptor, holder.data(), holder.size(), 0) != static_cast<ssize_t>(holder.size())) {
    // Only the message to a second opener is poorer for it.
  }
  return lock;
}

FileLock::~FileLock() { close(descriptor_); }

}  // namespace tracegate

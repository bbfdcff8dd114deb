#ifndef TRACEGATE_ADAPTERS_PLUGIN_FILE_DESCRIPTOR_H_
#define TRACEGATE_ADAPTERS_PLUGIN_FILE_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace tracegate {

// Closes a file descriptor once. -1: none.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileDescriptor() { Close(); }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void Close() {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_FILE_DESCRIPTOR_H_

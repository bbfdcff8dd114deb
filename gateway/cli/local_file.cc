#include "gateway/cli/local_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kFileBytesMax = 16 << 20;

absl::Status Wrong(const std::string& file, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, file, problem);
}

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace

absl::StatusOr<std::string> ReadLocalFile(const std::string& file) {
  std::ifstream opened;
  if (file != "-") opened.open(file, std::ios::binary);
  std::istream& in = file == "-" ? std::cin : opened;
  std::string text(kFileBytesMax + 1, '\0');
  if (in) in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (file != "-" && !opened.is_open())) return Wrong(file, "cannot be read");
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kFileBytesMax) return Wrong(file, "is over 16 MiB");
  return text;
}

absl::Status WriteNewFile(const std::string& file, std::string_view text, int mode) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) {
    return Wrong(file, errno == EEXIST ? "exists already; nothing is overwritten"
                                       : std::string("cannot be written: ") + std::strerror(errno));
  }
  const bool written = WriteAll(descriptor, text);
  const bool closed = close(descriptor) == 0;
  if (written && closed) return absl::OkStatus();
  unlink(file.c_str());
  return Wrong(file, "cannot be written; is the disk full?");
}

}  // namespace tracegate

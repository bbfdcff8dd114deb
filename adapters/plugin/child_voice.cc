#include "adapters/plugin/child_voice.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace tracegate {
namespace {

constexpr size_t kBufferBytes = 16 << 10;
constexpr int kPauseMs = 10;  // between two looks: at most 1.6 MB a second are read
constexpr int kLastLooks = 4;

bool IsAsked(int wake, int wait_ms) {
  pollfd asked = {wake, POLLIN, 0};
  return poll(&asked, 1, wait_ms) > 0;
}

}  // namespace

ChildVoice::ChildVoice(int output, int errors, Tell tell)
    : output_(output),
      errors_(errors),
      tell_(std::move(tell)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      output_lines_([this](std::string line) { TakeOutput(std::move(line)); }),
      error_lines_([this](const std::string& line) { tell_(line); }),
      listening_([this] { Listen(); }) {}

ChildVoice::~ChildVoice() {
  eventfd_write(wake_.get(), 1);
  listening_.join();
}

std::optional<std::string> ChildVoice::Greeting(const std::stop_token& stop, absl::Time until) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, stop, absl::ToChronoTime(until),
                      [this] { return greeting_.has_value() || output_ended_; });
  return greeting_;
}

void ChildVoice::Listen() {
  pollfd watched[] = {{output_, POLLIN, 0}, {errors_, POLLIN, 0}, {wake_.get(), POLLIN, 0}};
  while (watched[2].revents == 0) {
    if (poll(watched, 3, -1) < 0) continue;
    if (watched[0].revents != 0 && !Hear(output_, &output_lines_)) {
      watched[0].fd = -1;
      EndGreeting();
    }
    if (watched[1].revents != 0 && !Hear(errors_, &error_lines_)) watched[1].fd = -1;
    if (IsAsked(wake_.get(), kPauseMs)) break;
  }
  for (int i = 0; i < kLastLooks; ++i) {  // the last words of one that has ended
    if (watched[0].fd >= 0) Hear(output_, &output_lines_);
    if (watched[1].fd >= 0) Hear(errors_, &error_lines_);
  }
  output_lines_.End();
  error_lines_.End();
  EndGreeting();
}

bool ChildVoice::Hear(int fd, LineSplitter* lines) {
  std::array<char, kBufferBytes> buffer;
  const ssize_t bytes = read(fd, buffer.data(), buffer.size());
  if (bytes > 0) lines->Add({buffer.data(), static_cast<size_t>(bytes)});
  return bytes > 0 || (bytes < 0 && (errno == EAGAIN || errno == EINTR));
}

void ChildVoice::TakeOutput(std::string line) {
  {
    const std::lock_guard lock(mutex_);
    if (!greeting_) {
      greeting_ = std::move(line);
      changed_.notify_all();
      return;
    }
  }
  tell_(line);
}

void ChildVoice::EndGreeting() {
  const std::lock_guard lock(mutex_);
  output_ended_ = true;
  changed_.notify_all();
}

}  // namespace tracegate

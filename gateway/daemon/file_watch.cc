#include "gateway/daemon/file_watch.h"

#include <sys/stat.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace tracegate {

std::string FingerprintOf(const std::vector<std::string>& files) {
  std::string fingerprint;
  for (const std::string& file : files) {
    struct stat status;
    if (::stat(file.c_str(), &status) != 0) {
      absl::StrAppend(&fingerprint, file, " none\n");
      continue;
    }
    absl::StrAppend(&fingerprint, file, " ", status.st_dev, ":", status.st_ino, " ",
                    status.st_size);
    absl::StrAppend(&fingerprint, " ", status.st_mtim.tv_sec, ".", status.st_mtim.tv_nsec, "\n");
  }
  return fingerprint;
}

FileWatch::FileWatch(Options options)
    : options_(std::move(options)), seen_(FingerprintOf(options_.files())) {
  thread_ = std::thread([this] { Loop(); });
}

FileWatch::~FileWatch() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void FileWatch::LookNow() {
  absl::MutexLock lock(&mutex_);
  const int64_t mine = ++asked_;
  const auto looked = [&] { return served_ >= mine || stopping_; };
  mutex_.Await(absl::Condition(&looked));
}

void FileWatch::Loop() {
  while (true) {
    int64_t asked = 0;
    bool asked_for = false;
    {
      absl::MutexLock lock(&mutex_);
      const auto woken = [this] { return asked_ > served_ || stopping_; };
      mutex_.AwaitWithTimeout(absl::Condition(&woken), options_.period);
      if (stopping_) return;
      asked = asked_;
      asked_for = asked > served_;
    }
    const bool settled = HasSettled();
    options_.look(settled || asked_for);
    absl::MutexLock lock(&mutex_);
    served_ = asked;
  }
}

bool FileWatch::HasSettled() {
  std::string now = FingerprintOf(options_.files());
  const bool alike = now == seen_;
  seen_ = std::move(now);
  if (!alike || seen_ == settled_) return false;
  settled_ = seen_;
  return true;
}

}  // namespace tracegate

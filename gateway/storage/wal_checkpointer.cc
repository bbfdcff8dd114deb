#include "gateway/storage/wal_checkpointer.h"

#include <utility>

#include "gateway/storage/sqlite_connection.h"

namespace tracegate {
namespace {

constexpr int kRestartAfterSteps = 8;

}  // namespace

WalCheckpointer::WalCheckpointer(const std::string& file, int frames_step)
    : database_(file, kReadWrite, kBusyTimeoutMs), frames_step_(frames_step) {
  database_.exec("PRAGMA synchronous = FULL");
  thread_ = std::thread([this] { Loop(); });
}

WalCheckpointer::~WalCheckpointer() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    changed_.Signal();
  }
  thread_.join();
}

bool WalCheckpointer::NoteFrames(int frames) {
  absl::MutexLock lock(&mutex_);
  frames_ = frames;
  if (frames_ < frames_done_) frames_done_ = 0;  // the log was started over
  if (frames_ - frames_done_ >= frames_step_) changed_.Signal();
  return std::exchange(restart_due_, false);
}

bool WalCheckpointer::AwaitWork() {
  absl::MutexLock lock(&mutex_);
  while (!stopping_ && frames_ - frames_done_ < frames_step_) changed_.Wait(&mutex_);
  frames_done_ = frames_;
  return !stopping_;
}

void WalCheckpointer::Loop() {
  while (AwaitWork()) {
    database_.tryExec("PRAGMA wal_checkpoint(PASSIVE)");
    absl::MutexLock lock(&mutex_);
    restart_due_ = frames_ >= frames_step_ * kRestartAfterSteps;
  }
}

}  // namespace tracegate

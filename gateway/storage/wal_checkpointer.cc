#include "gateway/storage/wal_checkpointer.h"

#include "gateway/storage/sqlite_connection.h"

namespace tracegate {
namespace {

constexpr int kRestartAfterSteps = 8;
// A RESTART waits for readers with the writer held up: rather try again later.
constexpr int kRestartPatienceMs = 20;

}  // namespace

WalCheckpointer::WalCheckpointer(const std::string& file, int frames_step)
    : database_(file, kReadWrite, kRestartPatienceMs), frames_step_(frames_step) {
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

void WalCheckpointer::NoteFrames(int frames) {
  absl::MutexLock lock(&mutex_);
  frames_ = frames;
  if (frames_ < frames_done_) frames_done_ = 0;  // the log was started over
  if (frames_ - frames_done_ >= frames_step_) changed_.Signal();
}

bool WalCheckpointer::AwaitWork() {
  absl::MutexLock lock(&mutex_);
  while (!stopping_ && frames_ - frames_done_ < frames_step_) changed_.Wait(&mutex_);
  return !stopping_;
}

void WalCheckpointer::Loop() {
  while (AwaitWork()) {
    bool restart;
    {
      absl::MutexLock lock(&mutex_);
      frames_done_ = frames_;
      restart = frames_ >= frames_step_ * kRestartAfterSteps;
    }
    Checkpoint(false);
    // After the passive one little is left to do while the writer waits.
    if (restart) Checkpoint(true);
  }
}

void WalCheckpointer::Checkpoint(bool restart) {
  database_.tryExec(restart ? "PRAGMA wal_checkpoint(RESTART)" : "PRAGMA wal_checkpoint(PASSIVE)");
}

}  // namespace tracegate

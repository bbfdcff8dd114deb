#ifndef TRACEGATE_GATEWAY_STORAGE_WAL_CHECKPOINTER_H_
#define TRACEGATE_GATEWAY_STORAGE_WAL_CHECKPOINTER_H_

#include <string>
#include <thread>

#include "SQLiteCpp/Database.h"
#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace tracegate {

// Moves the write-ahead log into the database on a thread of its own, so that no commit waits for it.
//
// After every `frames_step` new frames: a PASSIVE checkpoint, which waits for nobody. A writer that never
// pauses keeps the log from being started over, so past 8 steps it is told to do that itself: little is
// left to move then.
//
// Thread safety: NoteFrames from one thread at a time.
//
// Errors: the constructor throws SQLite::Exception. A checkpoint that fails is tried again after the
// next step: what is in the log is durable as it is.
class WalCheckpointer {
 public:
  WalCheckpointer(const std::string& file, int frames_step);
  ~WalCheckpointer();

  // The log has this many frames. Never waits for a checkpoint. True where the writer should start the
  // log over (SqliteWriter::RestartWal).
  bool NoteFrames(int frames);

 private:
  void Loop();
  // Waits for work; false where none will come.
  bool AwaitWork();

  SQLite::Database database_;
  const int frames_step_;
  absl::Mutex mutex_;
  absl::CondVar changed_;
  int frames_ ABSL_GUARDED_BY(mutex_) = 0;
  int frames_done_ ABSL_GUARDED_BY(mutex_) = 0;  // seen by the last checkpoint
  bool restart_due_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_WAL_CHECKPOINTER_H_

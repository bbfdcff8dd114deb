#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_WRITER_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_WRITER_H_

#include <cstdint>
#include <string>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "absl/status/status.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// The one connection that writes, with its statements prepared once.
//
// Thread safety: one thread at a time.
//
// Errors: the constructor and TruncateWal throw SQLite::Exception; the others do not.
class SqliteWriter {
 public:
  explicit SqliteWriter(const std::string& file);

  // All of the batch, on disk, or nothing of it. Refuses an entry whose index is not the next.
  absl::Status Commit(const WriteBatch& batch);

  // Frames in the write-ahead log after the last commit.
  int wal_frames() const { return wal_frames_; }

  // Moves what is left of the write-ahead log into the database and starts the log over. Where it cannot,
  // the log goes on growing.
  void RestartWal();

  // Moves the write-ahead log into the database and empties it: before closing.
  void TruncateWal();

 private:
  absl::Status CheckIndexes(const WriteBatch& batch) const;
  void Write(const WriteBatch& batch);
  void InsertEntry(const EntryRow& row);
  void UpsertTrace(const TraceRow& row);
  void InsertTile(SQLite::Statement& statement, const TileRow& row);
  void InsertCheckpoint(const CheckpointRow& row);

  SQLite::Database database_;
  SQLite::Statement begin_;
  SQLite::Statement commit_;
  SQLite::Statement rollback_;
  SQLite::Statement insert_entry_;
  SQLite::Statement upsert_trace_;
  SQLite::Statement insert_tile_;
  SQLite::Statement repair_tile_;
  SQLite::Statement insert_checkpoint_;
  int64_t next_index_;
  int wal_frames_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_WRITER_H_

#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_WRITER_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_WRITER_H_

#include <cstdint>
#include <string>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "absl/status/status.h"
#include "gateway/storage/record_store.h"
#include "gateway/storage/sqlite_document_writer.h"

namespace tracegate {

// The one connection that writes, with its statements prepared once.
//
// Thread safety: one thread at a time.
//
// Errors: the constructor, HasErasedRows and TruncateWal throw SQLite::Exception; the others do not.
class SqliteWriter {
 public:
  explicit SqliteWriter(const std::string& file);

  // All of the batch, on disk, or nothing of it. Refuses an entry whose index is not the next, one to erase that is
  // not there, and a document that is not the next revision. After an erasure the write-ahead log is emptied, for it holds pages as they were: where a reader is in
  // the way, after a later commit.
  absl::Status Commit(const WriteBatch& batch);

  // Whether a trace or a document was ever erased.
  bool HasErasedRows();

  // Writes the tables of traces and documents anew. A page that SQLite split may keep, in its unused part, copies of the
  // rows that were moved away; secure_delete overwrites only what is deleted.
  absl::Status SweepRows();

  // Frames in the write-ahead log after the last commit.
  int wal_frames() const { return wal_frames_; }

  // Moves what is left of the write-ahead log into the database and starts the log over. Where it cannot,
  // the log goes on growing.
  void RestartWal();

  // Moves the write-ahead log into the database and empties it: before closing.
  void TruncateWal();

 private:
  absl::Status CheckIndexes(const WriteBatch& batch) const;
  // Runs `write` and commits, or rolls back.
  template <typename Body>
  absl::Status Transact(Body&& write);
  void Write(const WriteBatch& batch);
  void Erase(const Erasure& erasure);
  void RewriteRows();
  void EmptyWal(int wait_ms);
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
  SQLite::Statement erase_entry_;
  SQLite::Statement erase_trace_;
  SqliteDocumentWriter documents_;
  int64_t next_index_;
  int wal_frames_ = 0;
  bool wal_holds_erased_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_WRITER_H_

#include "gateway/storage/sqlite_writer.h"

#include <sqlite3.h>

#include "gateway/storage/sqlite_connection.h"
#include "gateway/storage/sqlite_failure.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kUpsertTrace[] = R"sql(
INSERT INTO trace (trace_id, agency, request_id, asking_state, asked_state, serial_number, state, open,
                   body, reply_entry, reply_receipt, actor)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (trace_id) DO UPDATE SET
  agency = ?2, request_id = ?3, asking_state = ?4, asked_state = ?5, serial_number = ?6, state = ?7,
  open = ?8, body = ?9, reply_entry = ?10, reply_receipt = ?11, actor = ?12
)sql";

SQLite::Database OpenForWriting(const std::string& file) {
  SQLite::Database database(file, kReadWrite, kBusyTimeoutMs);
  // FULL: the write-ahead log is synced at each commit. Checkpoints are WalCheckpointer's.
  database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
      "PRAGMA cache_size = -32768; PRAGMA trusted_schema = OFF;");
  return database;
}

int NoteWalFrames(void* frames, sqlite3*, const char*, int count) {
  *static_cast<int*>(frames) = count;
  return SQLITE_OK;
}

}  // namespace

SqliteWriter::SqliteWriter(const std::string& file)
    : database_(OpenForWriting(file)),
      begin_(database_, "BEGIN IMMEDIATE"),
      commit_(database_, "COMMIT"),
      rollback_(database_, "ROLLBACK"),
      insert_entry_(database_,
                    "INSERT INTO entry (idx, header, salt, content) VALUES (?, ?, ?, ?)"),
      upsert_trace_(database_, kUpsertTrace),
      insert_tile_(database_, "INSERT INTO tile (level, idx, hashes) VALUES (?, ?, ?)"),
      repair_tile_(database_, "INSERT OR REPLACE INTO tile (level, idx, hashes) VALUES (?, ?, ?)"),
      insert_checkpoint_(database_, "INSERT INTO checkpoint (tree_size, note) VALUES (?, ?)"),
      next_index_(database_.execAndGet("SELECT coalesce(max(idx) + 1, 0) FROM entry").getInt64()) {
  sqlite3_wal_hook(database_.getHandle(), NoteWalFrames, &wal_frames_);
}

absl::Status SqliteWriter::CheckIndexes(const WriteBatch& batch) const {
  int64_t next = next_index_;
  for (const EntryRow& row : batch.entries) {
    if (row.index != next) {
      return Failure(v1::REASON_LOG_DAMAGED, "entry " + std::to_string(row.index) +
                                                 " does not follow: the next is " +
                                                 std::to_string(next));
    }
    ++next;
  }
  return absl::OkStatus();
}

absl::Status SqliteWriter::Commit(const WriteBatch& batch) {
  if (absl::Status follows = CheckIndexes(batch); !follows.ok()) return follows;
  absl::Status written = StoppingExceptions("commit", [&] {
    Write(batch);
    return absl::OkStatus();
  });
  if (written.ok()) {
    next_index_ += static_cast<int64_t>(batch.entries.size());
  } else if (sqlite3_get_autocommit(database_.getHandle()) == 0) {
    // SQLite has rolled some failures back itself. A rollback in WAL mode writes nothing.
    rollback_.tryExecuteStep();
    rollback_.tryReset();
  }
  return written;
}

void SqliteWriter::Write(const WriteBatch& batch) {
  Run(begin_);
  for (const EntryRow& row : batch.entries) InsertEntry(row);
  for (const TraceRow& row : batch.traces) UpsertTrace(row);
  for (const TileRow& row : batch.tiles) InsertTile(insert_tile_, row);
  for (const TileRow& row : batch.tiles_repaired) InsertTile(repair_tile_, row);
  if (batch.checkpoint) InsertCheckpoint(*batch.checkpoint);
  Run(commit_);
}

void SqliteWriter::InsertEntry(const EntryRow& row) {
  insert_entry_.bind(1, row.index);
  BindBlob(insert_entry_, 2, row.header);
  BindBlob(insert_entry_, 3, row.salt);
  BindBlob(insert_entry_, 4, row.content);
  Run(insert_entry_);
}

void SqliteWriter::UpsertTrace(const TraceRow& row) {
  upsert_trace_.bindNoCopy(1, row.trace_id);
  upsert_trace_.bindNoCopy(2, row.agency);
  upsert_trace_.bindNoCopy(3, row.request_id);
  upsert_trace_.bindNoCopy(4, row.asking_state);
  upsert_trace_.bindNoCopy(5, row.asked_state);
  upsert_trace_.bindNoCopy(6, row.serial_number);
  upsert_trace_.bind(7, static_cast<int>(row.state));
  upsert_trace_.bind(8, row.open ? 1 : 0);
  BindBlob(upsert_trace_, 9, row.body);
  upsert_trace_.bind(10, row.reply_entry);
  BindBlob(upsert_trace_, 11, row.reply_receipt);
  upsert_trace_.bindNoCopy(12, row.actor);
  Run(upsert_trace_);
}

void SqliteWriter::InsertTile(SQLite::Statement& statement, const TileRow& row) {
  statement.bind(1, row.level);
  statement.bind(2, row.index);
  BindBlob(statement, 3, row.hashes);
  Run(statement);
}

void SqliteWriter::InsertCheckpoint(const CheckpointRow& row) {
  insert_checkpoint_.bind(1, row.tree_size);
  insert_checkpoint_.bindNoCopy(2, row.note);
  Run(insert_checkpoint_);
}

void SqliteWriter::RestartWal() { database_.tryExec("PRAGMA wal_checkpoint(RESTART)"); }

void SqliteWriter::TruncateWal() { database_.exec("PRAGMA wal_checkpoint(TRUNCATE)"); }

}  // namespace tracegate

#include "gateway/storage/sqlite_writer.h"

#include <sqlite3.h>

#include "gateway/storage/sqlite_connection.h"
#include "gateway/storage/sqlite_failure.h"
#include "gateway/storage/sqlite_schema.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// How long an erasing commit waits for readers to let go of the write-ahead log; the gateway's own take milliseconds.
constexpr int kEmptyWalWaitMs = 250;

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
  // FULL: the write-ahead log is synced at each commit. Checkpoints are WalCheckpointer's. secure_delete: what is deleted
  // or made shorter is overwritten with zeros.
  database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
      "PRAGMA secure_delete = ON;"
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
      erase_entry_(database_, "UPDATE entry SET salt = x'', content = x'' WHERE idx = ?"),
      erase_trace_(database_,
                   "UPDATE trace SET serial_number = '', body = x'', reply_receipt = x'' "
                   "WHERE trace_id = ? AND open = 0"),
      documents_(database_),
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
  for (const int64_t index : batch.erasure.entries) {
    if (index >= 0 && index < next_index_) continue;
    return Failure(v1::REASON_ENTRY_NOT_FOUND,
                   "entry " + std::to_string(index) + ", which is to be erased, is not there");
  }
  return absl::OkStatus();
}

absl::Status SqliteWriter::Commit(const WriteBatch& batch) {
  if (absl::Status follows = CheckIndexes(batch); !follows.ok()) return follows;
  const absl::Status fits = StoppingExceptions(
      "read a document", [&] { return documents_.CheckRevisions(batch.documents); });
  if (!fits.ok()) return fits;
  absl::Status written = Transact([&] { Write(batch); });
  if (!written.ok()) return written;
  next_index_ += static_cast<int64_t>(batch.entries.size());
  if (!batch.erasure.empty()) {
    EmptyWal(kEmptyWalWaitMs);
  } else if (wal_holds_erased_) {
    EmptyWal(0);  // nobody else's commit waits for that reader
  }
  return written;
}

bool SqliteWriter::HasErasedRows() {
  return database_
             .execAndGet(
                 "SELECT EXISTS (SELECT 1 FROM trace WHERE open = 0 AND reply_entry >= 0"
                 " AND length(reply_receipt) = 0)"
                 " OR EXISTS (SELECT 1 FROM document WHERE length(body) = 0)"
                 " OR EXISTS (SELECT 1 FROM document_revision WHERE length(body) = 0)")
             .getInt() != 0;
}

absl::Status SqliteWriter::SweepRows() {
  absl::Status written = Transact([&] { RewriteRows(); });
  if (written.ok()) EmptyWal(kBusyTimeoutMs);
  return written;
}

template <typename Body>
absl::Status SqliteWriter::Transact(Body&& write) {
  absl::Status written = StoppingExceptions("commit", [&] {
    Run(begin_);
    write();
    Run(commit_);
    return absl::OkStatus();
  });
  if (!written.ok() && sqlite3_get_autocommit(database_.getHandle()) == 0) {
    // SQLite has rolled some failures back itself. A rollback in WAL mode writes nothing.
    rollback_.tryExecuteStep();
    rollback_.tryReset();
  }
  return written;
}

void SqliteWriter::Write(const WriteBatch& batch) {
  for (const EntryRow& row : batch.entries) InsertEntry(row);
  for (const TraceRow& row : batch.traces) UpsertTrace(row);
  for (const DocumentRow& row : batch.documents) documents_.Put(row);
  for (const AnsweredRow& row : batch.answered) documents_.Insert(row);
  for (const TileRow& row : batch.tiles) InsertTile(insert_tile_, row);
  for (const TileRow& row : batch.tiles_repaired) InsertTile(repair_tile_, row);
  if (batch.checkpoint) InsertCheckpoint(*batch.checkpoint);
  if (!batch.erasure.empty()) Erase(batch.erasure);
}

void SqliteWriter::Erase(const Erasure& erasure) {
  for (const int64_t index : erasure.entries) {
    erase_entry_.bind(1, index);
    Run(erase_entry_);
    documents_.EraseOf(index);
  }
  for (const std::string& trace_id : erasure.traces) {
    erase_trace_.bindNoCopy(1, trace_id);
    Run(erase_trace_);
  }
  if (erasure.sweep) RewriteRows();
}

void SqliteWriter::RewriteRows() {
  database_.exec(TraceTableSql("trace_swept") +
                 "INSERT INTO trace_swept SELECT trace_id, agency, actor, request_id, asking_state,"
                 " asked_state, serial_number, state, open, body, reply_entry, reply_receipt"
                 " FROM trace ORDER BY trace_id;"
                 "DROP TABLE trace;"
                 "ALTER TABLE trace_swept RENAME TO trace;" +
                 kTraceIndexSql + RewriteDocumentsSql());
}

void SqliteWriter::EmptyWal(int wait_ms) {
  sqlite3_busy_timeout(database_.getHandle(), wait_ms);
  try {
    // The row says first whether somebody was in the way.
    wal_holds_erased_ = database_.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0;
    if (!wal_holds_erased_) wal_frames_ = 0;
  } catch (const SQLite::Exception&) {
    wal_holds_erased_ = true;
  }
  sqlite3_busy_timeout(database_.getHandle(), kBusyTimeoutMs);
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

#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_LOG_FILE_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_LOG_FILE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// The evidence log in a record store's file, for somebody who checks it: read only, from front to back.
//
// Reads a copy as well as the file of a gateway that is running. What the gateway adds after Open is not seen;
// what it erases after Open may be. No snapshot is held between calls, so the gateway's write-ahead log does not
// grow for the reader's sake. SQLite makes `-wal` and `-shm` beside a file that has none; where it may not, and
// there is no `-wal` (a copy on a read-only medium), the file is read as it lies.
//
// Thread safety: one thread at a time.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) from Open where the file cannot be read or is no record store of a
// version known here. DATA_LOSS (LOG_DAMAGED) where the file is corrupt: from a Next once the rows before the damage
// have been given, naming the last of them; later calls say the same.
// UNAVAILABLE (RECORD_NOT_DURABLE) where SQLite fails otherwise.
class SqliteLogFile {
 public:
  static absl::StatusOr<std::unique_ptr<SqliteLogFile>> Open(const std::string& file);
  ~SqliteLogFile();

  // The next entry by index; nothing after the last. The index is the row's: gaps are for the caller to see.
  absl::StatusOr<std::optional<EntryRow>> NextEntry();

  // The next checkpoint by size; nothing after the last.
  absl::StatusOr<std::optional<CheckpointRow>> NextCheckpoint();

  // Entries when it was opened, going by the last index.
  int64_t size() const;

  // Apart from the walk, as they are now. Not finding one is no error.
  absl::StatusOr<std::optional<EntryRow>> ReadEntry(int64_t index);
  // Of a trace: whose it is, whether it is open, and where its reply stands; neither body nor receipt.
  absl::StatusOr<std::optional<TraceRow>> FindTrace(const std::string& trace_id);

 private:
  class Rows;
  explicit SqliteLogFile(std::unique_ptr<Rows> rows);
  std::unique_ptr<Rows> rows_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_LOG_FILE_H_

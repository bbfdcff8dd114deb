#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_READER_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "gateway/storage/record_store.h"
#include "gateway/storage/sqlite_document_reader.h"

namespace tracegate {

// One read-only connection with its statements prepared once. Each method reads one snapshot and lets
// go of it before it returns.
//
// Thread safety: one thread at a time (SqliteReaderPool sees to it).
//
// Errors: throws SQLite::Exception.
class SqliteReader {
 public:
  explicit SqliteReader(const std::string& file);

  std::optional<TraceRow> FindTrace(std::string_view trace_id);
  std::optional<TraceRow> FindTraceByRequest(std::string_view agency, std::string_view request_id);
  std::vector<TraceRow> ListTraces(const TraceQuery& query);
  std::vector<TraceRow> OpenTraces();
  SqliteDocumentReader& documents() { return documents_; }
  std::optional<EntryRow> ReadEntry(int64_t index);
  // The next entries from `from` on: at most `rows_max`, and no more once they have `bytes_max` bytes.
  std::vector<EntryRow> ReadEntries(int64_t from, bool descending, int rows_max, size_t bytes_max);
  int64_t EntryCount();
  std::optional<TileRow> ReadTile(int level, int64_t index);
  std::optional<CheckpointRow> LatestCheckpoint();
  std::optional<CheckpointRow> CheckpointFrom(int64_t tree_size_min);

 private:
  SQLite::Database database_;
  SQLite::Statement trace_by_id_;
  SQLite::Statement trace_by_request_;
  SQLite::Statement open_traces_;
  SQLite::Statement entry_;
  SQLite::Statement entries_up_;
  SQLite::Statement entries_down_;
  SQLite::Statement entry_count_;
  SQLite::Statement tile_;
  SQLite::Statement latest_checkpoint_;
  SQLite::Statement checkpoint_from_;
  SqliteDocumentReader documents_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_READER_H_

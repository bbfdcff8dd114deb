#include "gateway/storage/sqlite_reader.h"

#include "gateway/storage/sqlite_connection.h"
#include "gateway/storage/sqlite_rows.h"
#include "gateway/storage/trace_listing.h"

namespace tracegate {
namespace {

constexpr char kEntryColumns[] = "SELECT idx, header, salt, content FROM entry ";

SQLite::Database OpenForReading(const std::string& file) {
  SQLite::Database database(file, kReadOnly, kBusyTimeoutMs);
  database.exec(
      "PRAGMA query_only = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;"
      "PRAGMA trusted_schema = OFF;");
  return database;
}

TraceRow TraceOf(SQLite::Statement& row) {
  TraceRow trace;
  trace.trace_id = Bytes(row.getColumn(0));
  trace.agency = Bytes(row.getColumn(1));
  trace.request_id = Bytes(row.getColumn(2));
  trace.asking_state = Bytes(row.getColumn(3));
  trace.asked_state = Bytes(row.getColumn(4));
  trace.serial_number = Bytes(row.getColumn(5));
  trace.state = static_cast<v1::TraceState>(row.getColumn(6).getInt());
  trace.open = row.getColumn(7).getInt() != 0;
  trace.body = Bytes(row.getColumn(8));
  trace.reply_entry = row.getColumn(9).getInt64();
  trace.reply_receipt = Bytes(row.getColumn(10));
  trace.actor = Bytes(row.getColumn(11));
  return trace;
}

std::optional<TraceRow> OneTrace(SQLite::Statement& statement) {
  if (!statement.executeStep()) return std::nullopt;
  return TraceOf(statement);
}

std::vector<TraceRow> AllTraces(SQLite::Statement& statement) {
  std::vector<TraceRow> traces;
  while (statement.executeStep()) traces.push_back(TraceOf(statement));
  return traces;
}

}  // namespace

SqliteReader::SqliteReader(const std::string& file)
    : database_(OpenForReading(file)),
      trace_by_id_(database_, kTraceColumns + "WHERE trace_id = ?"),
      trace_by_request_(database_, kTraceColumns + "WHERE agency = ? AND request_id = ?"),
      open_traces_(database_, kTraceColumns + "WHERE open = 1 ORDER BY trace_id"),
      entry_(database_, std::string(kEntryColumns) + "WHERE idx = ?"),
      entries_up_(database_, std::string(kEntryColumns) + "WHERE idx >= ? ORDER BY idx LIMIT ?"),
      entries_down_(database_,
                    std::string(kEntryColumns) + "WHERE idx <= ? ORDER BY idx DESC LIMIT ?"),
      entry_count_(database_, "SELECT coalesce(max(idx) + 1, 0) FROM entry"),
      tile_(database_, "SELECT hashes FROM tile WHERE level = ? AND idx = ?"),
      latest_checkpoint_(database_,
                         "SELECT tree_size, note FROM checkpoint ORDER BY tree_size DESC LIMIT 1"),
      checkpoint_from_(database_,
                       "SELECT tree_size, note FROM checkpoint WHERE tree_size >= ?"
                       " ORDER BY tree_size LIMIT 1"),
      documents_(database_) {}

std::optional<TraceRow> SqliteReader::FindTrace(std::string_view trace_id) {
  Rewinding rewinding(trace_by_id_);
  trace_by_id_.bind(1, std::string(trace_id));
  return OneTrace(trace_by_id_);
}

std::optional<TraceRow> SqliteReader::FindTraceByRequest(std::string_view agency,
                                                         std::string_view request_id) {
  Rewinding rewinding(trace_by_request_);
  trace_by_request_.bind(1, std::string(agency));
  trace_by_request_.bind(2, std::string(request_id));
  return OneTrace(trace_by_request_);
}

std::vector<TraceRow> SqliteReader::ListTraces(const TraceQuery& query) {
  // Not kept: which filters are set decides what SQLite can use.
  const TraceListing listing(query);
  SQLite::Statement statement(database_, listing.sql());
  int parameter = 0;
  for (const std::string& text : listing.texts()) statement.bindNoCopy(++parameter, text);
  return AllTraces(statement);
}

std::vector<TraceRow> SqliteReader::OpenTraces() {
  Rewinding rewinding(open_traces_);
  return AllTraces(open_traces_);
}

std::optional<EntryRow> SqliteReader::ReadEntry(int64_t index) {
  Rewinding rewinding(entry_);
  entry_.bind(1, index);
  if (!entry_.executeStep()) return std::nullopt;
  return EntryOf(entry_);
}

std::vector<EntryRow> SqliteReader::ReadEntries(int64_t from, bool descending, int rows_max,
                                                size_t bytes_max) {
  SQLite::Statement& statement = descending ? entries_down_ : entries_up_;
  Rewinding rewinding(statement);
  statement.bind(1, from);
  statement.bind(2, rows_max);
  std::vector<EntryRow> entries;
  size_t bytes = 0;
  while (bytes < bytes_max && statement.executeStep()) {
    entries.push_back(EntryOf(statement));
    bytes += entries.back().header.size() + entries.back().content.size();
  }
  return entries;
}

int64_t SqliteReader::EntryCount() {
  Rewinding rewinding(entry_count_);
  entry_count_.executeStep();
  return entry_count_.getColumn(0).getInt64();
}

std::optional<TileRow> SqliteReader::ReadTile(int level, int64_t index) {
  Rewinding rewinding(tile_);
  tile_.bind(1, level);
  tile_.bind(2, index);
  if (!tile_.executeStep()) return std::nullopt;
  return TileRow{level, index, Bytes(tile_.getColumn(0))};
}

std::optional<CheckpointRow> SqliteReader::LatestCheckpoint() {
  Rewinding rewinding(latest_checkpoint_);
  if (!latest_checkpoint_.executeStep()) return std::nullopt;
  return CheckpointOf(latest_checkpoint_);
}

std::optional<CheckpointRow> SqliteReader::CheckpointFrom(int64_t tree_size_min) {
  Rewinding rewinding(checkpoint_from_);
  checkpoint_from_.bind(1, tree_size_min);
  if (!checkpoint_from_.executeStep()) return std::nullopt;
  return CheckpointOf(checkpoint_from_);
}

}  // namespace tracegate

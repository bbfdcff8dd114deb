#include "gateway/storage/sqlite_log_file.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "gateway/storage/sqlite_connection.h"
#include "gateway/storage/sqlite_failure.h"
#include "gateway/storage/sqlite_rows.h"
#include "gateway/storage/sqlite_schema.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int64_t kFirst = std::numeric_limits<int64_t>::min();
constexpr int kBlockRows = 256;
constexpr size_t kBlockBytes = 1 << 20;

absl::Status Unsuitable(const std::string& file, std::string_view what) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, file, what);
}

// A path as SQLite's URI has it: https://www.sqlite.org/uri.html section 3.1.
std::string ImmutableUri(const std::string& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '%') uri += "%25";
    if (c == '?') uri += "%3f";
    if (c == '#') uri += "%23";
    if (c != '%' && c != '?' && c != '#') uri += c;
  }
  return uri + "?immutable=1";
}

void BeReader(SQLite::Database& database) {
  database.exec(
      "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
      "PRAGMA temp_store = MEMORY;");
}

// The first read is what finds out whether SQLite can have its shared memory.
std::unique_ptr<SQLite::Database> OpenReader(const std::string& file) {
  std::error_code error;
  const bool has_wal = std::filesystem::exists(file + "-wal", error);
  try {
    auto database = std::make_unique<SQLite::Database>(file, kReadOnly, kBusyTimeoutMs);
    BeReader(*database);
    database->execAndGet("PRAGMA user_version");
    return database;
  } catch (const SQLite::Exception& exception) {
    const int code = exception.getErrorCode();
    const bool shared_memory = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
    if (!shared_memory || has_wal) throw;
  }
  auto database =
      std::make_unique<SQLite::Database>(ImmutableUri(file), kReadOnly | SQLITE_OPEN_URI);
  BeReader(*database);
  return database;
}

absl::Status CheckKind(SQLite::Database& database, const std::string& file) {
  const auto id = static_cast<uint32_t>(database.execAndGet("PRAGMA application_id").getInt());
  if (id != kStoreApplicationId) return Unsuitable(file, "is not a Tracegate record store");
  const int version = database.execAndGet("PRAGMA user_version").getInt();
  if (version < 1 || version > static_cast<int>(kStoreVersion)) {
    return Unsuitable(file, "is a record store of version " + std::to_string(version) +
                                "; this program knows versions up to " +
                                std::to_string(kStoreVersion));
  }
  return absl::OkStatus();
}

TraceRow TraceOf(SQLite::Statement& row) {
  TraceRow trace;
  trace.trace_id = Bytes(row.getColumn(0));
  trace.agency = Bytes(row.getColumn(1));
  trace.request_id = Bytes(row.getColumn(2));
  trace.asking_state = Bytes(row.getColumn(3));
  trace.asked_state = Bytes(row.getColumn(4));
  trace.state = static_cast<v1::TraceState>(row.getColumn(5).getInt());
  trace.open = row.getColumn(6).getInt() != 0;
  trace.reply_entry = row.getColumn(7).getInt64();
  return trace;
}

size_t BytesIn(const EntryRow& row) { return row.header.size() + row.content.size(); }
size_t BytesIn(const CheckpointRow& row) { return row.note.size(); }
int64_t KeyOf(const EntryRow& row) { return row.index; }
int64_t KeyOf(const CheckpointRow& row) { return row.tree_size; }

// The rows of one table in the order of their key, a block at a time.
template <typename Row>
class Walk {
 public:
  using Reader = Row (*)(SQLite::Statement&);

  // `sql` has the parameters: behind which key, up to which, how many.
  Walk(SQLite::Database& database, const std::string& sql, int64_t last, std::string_view what,
       Reader reader)
      : statement_(database, sql), last_(last), what_(what), reader_(reader) {}

  absl::StatusOr<std::optional<Row>> Next() {
    if (block_.empty() && failure_.ok() && !ended_) Fill();
    if (block_.empty()) {
      if (!failure_.ok()) return failure_;
      return std::optional<Row>();
    }
    std::optional<Row> row = std::move(block_.front());
    block_.pop_front();
    return row;
  }

 private:
  // What was read before a failure is handed out before it.
  void Fill() {
    failure_ =
        StoppingExceptions(started_ ? "read the " + what_ + " behind " + std::to_string(behind_)
                                    : "read the first " + what_,
                           [this] {
                             Rewinding rewinding(statement_);
                             statement_.bind(1, started_ ? behind_ : kFirst);
                             statement_.bind(2, last_);
                             statement_.bind(3, kBlockRows);
                             ended_ = true;
                             for (size_t bytes = 0; statement_.executeStep();) {
                               block_.push_back(reader_(statement_));
                               behind_ = KeyOf(block_.back());
                               started_ = true;
                               ended_ = false;
                               bytes += BytesIn(block_.back());
                               if (bytes >= kBlockBytes) break;
                             }
                             return absl::OkStatus();
                           });
  }

  SQLite::Statement statement_;
  const int64_t last_;
  const std::string what_;
  const Reader reader_;
  std::deque<Row> block_;
  absl::Status failure_;
  int64_t behind_ = 0;
  bool started_ = false;
  bool ended_ = false;
};

constexpr char kEntries[] =
    "SELECT idx, header, salt, content FROM entry WHERE idx > ? AND idx <= ? ORDER BY idx LIMIT ?";
constexpr char kCheckpoints[] =
    "SELECT tree_size, note FROM checkpoint WHERE tree_size > ? AND tree_size <= ? "
    "ORDER BY tree_size LIMIT ?";

// How far both tables reach, in one snapshot: a gateway commits entries and their checkpoint together.
struct Ends {
  explicit Ends(SQLite::Database& database) {
    SQLite::Statement ends(database,
                           "SELECT (SELECT coalesce(max(idx), -1) FROM entry),"
                           " (SELECT coalesce(max(tree_size), -1) FROM checkpoint)");
    ends.executeStep();
    entry = ends.getColumn(0).getInt64();
    checkpoint = ends.getColumn(1).getInt64();
  }
  int64_t entry;
  int64_t checkpoint;
};

}  // namespace

class SqliteLogFile::Rows {
 public:
  Rows(std::unique_ptr<SQLite::Database> opened, const Ends& ends)
      : database(std::move(opened)),
        size(ends.entry + 1),
        entry(*database, "SELECT idx, header, salt, content FROM entry WHERE idx = ?"),
        trace(*database,
              "SELECT trace_id, agency, request_id, asking_state, asked_state, state, open,"
              " reply_entry FROM trace WHERE trace_id = ?"),
        entries(*database, kEntries, ends.entry, "entry", EntryOf),
        checkpoints(*database, kCheckpoints, ends.checkpoint, "checkpoint", CheckpointOf) {}

  std::unique_ptr<SQLite::Database> database;
  const int64_t size;
  SQLite::Statement entry;
  SQLite::Statement trace;
  Walk<EntryRow> entries;
  Walk<CheckpointRow> checkpoints;
};

absl::StatusOr<std::unique_ptr<SqliteLogFile>> SqliteLogFile::Open(const std::string& file) {
  std::error_code error;
  // SQLite would say no more than that it cannot open it.
  if (!std::filesystem::is_regular_file(file, error)) return Unsuitable(file, "is no file");
  try {
    auto database = OpenReader(file);
    if (absl::Status kind = CheckKind(*database, file); !kind.ok()) return kind;
    const Ends ends(*database);
    auto rows = std::make_unique<Rows>(std::move(database), ends);
    return std::unique_ptr<SqliteLogFile>(new SqliteLogFile(std::move(rows)));
  } catch (const SQLite::Exception& exception) {
    if (exception.getErrorCode() == SQLITE_CORRUPT) return SqliteFailure(exception, "read " + file);
    return Unsuitable(file, std::string("cannot be read as a record store: ") + exception.what());
  }
}

SqliteLogFile::SqliteLogFile(std::unique_ptr<Rows> rows) : rows_(std::move(rows)) {}

SqliteLogFile::~SqliteLogFile() = default;

absl::StatusOr<std::optional<EntryRow>> SqliteLogFile::NextEntry() { return rows_->entries.Next(); }

absl::StatusOr<std::optional<CheckpointRow>> SqliteLogFile::NextCheckpoint() {
  return rows_->checkpoints.Next();
}

int64_t SqliteLogFile::size() const { return rows_->size; }

absl::StatusOr<std::optional<EntryRow>> SqliteLogFile::ReadEntry(int64_t index) {
  SQLite::Statement& statement = rows_->entry;
  return StoppingExceptions("read entry " + std::to_string(index),
                            [&]() -> absl::StatusOr<std::optional<EntryRow>> {
                              Rewinding rewinding(statement);
                              statement.bind(1, index);
                              if (!statement.executeStep()) return std::nullopt;
                              return EntryOf(statement);
                            });
}

absl::StatusOr<std::optional<TraceRow>> SqliteLogFile::FindTrace(const std::string& trace_id) {
  SQLite::Statement& statement = rows_->trace;
  return StoppingExceptions("read trace " + trace_id,
                            [&]() -> absl::StatusOr<std::optional<TraceRow>> {
                              Rewinding rewinding(statement);
                              statement.bind(1, trace_id);
                              if (!statement.executeStep()) return std::nullopt;
                              return TraceOf(statement);
                            });
}

}  // namespace tracegate

#include "adapters/sql/sqlite_connection.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/sql/schema_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr off_t kDatabaseBytesMin = 512;  // SQLite's smallest page
constexpr int kDatabaseValueBytesMax = 16 << 20;
// Instructions of SQLite's machine between two looks at the watch: some tens of microseconds.
constexpr int kInstructionsPerLook = 2'000;
constexpr absl::Duration kBusyPauseMax = absl::Milliseconds(10);
constexpr absl::Duration kBusyRetryAfter = absl::Seconds(1);

// Their views and triggers are not ours to trust; a quoted name that is no column is an error, not text.
// The cache is small: there is one per connection. The file is never mapped into memory, since its owner
// may cut it short at any time, which would end the process.
int Protect(sqlite3* database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, kDatabaseValueBytesMax);
  sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
  static constexpr char kPragmas[] =
      "PRAGMA query_only = 1; PRAGMA mmap_size = 0; PRAGMA cache_size = -8192;";
  return sqlite3_exec(database, kPragmas, nullptr, nullptr, nullptr);
}

// SQLite takes some relative names, `:memory:` among them, for databases that are no files.
std::string Absolute(const std::string& path) {
  std::error_code error;
  const std::string absolute = std::filesystem::absolute(path, error).string();
  return error ? "/" : absolute;
}

int Bind(sqlite3_stmt* statement, int parameter, const QueryValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    return sqlite3_bind_int64(statement, parameter, *number);
  }
  const auto& text = std::get<std::string>(value);
  return sqlite3_bind_text(statement, parameter, text.data(), static_cast<int>(text.size()),
                           SQLITE_STATIC);
}

// Of a statement without rows.
int Run(sqlite3_stmt* statement) {
  sqlite3_step(statement);
  return sqlite3_reset(statement);
}

SourceRow RowOf(sqlite3_stmt* statement, const CharacterSet& character_set) {
  SourceRow row(static_cast<size_t>(sqlite3_column_count(statement)));
  for (size_t i = 0; i < row.size(); ++i) {
    const int column = static_cast<int>(i);
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    if (text == nullptr) continue;
    const auto bytes = static_cast<size_t>(sqlite3_column_bytes(statement, column));
    row[i] = SourceValue({text, bytes}, character_set);
  }
  return row;
}

}  // namespace

SqliteConnection::SqliteConnection(std::string registry, const std::string& path,
                                   const Mapping* mapping)
    : registry_(std::move(registry)), path_(Absolute(path)), mapping_(mapping) {}

SqliteConnection::~SqliteConnection() { Close(); }

void SqliteConnection::Close() {
  statements_.clear();
  begin_.reset();
  end_.reset();
  database_.reset();
}

absl::Status SqliteConnection::OpenIfNeeded() {
  struct stat file {};
  if (stat(path_.c_str(), &file) != 0) {
    Close();
    return RegistryUnavailable(registry_, "its database is not there");
  }
  // One that is being put in place begins empty, and SQLite takes that for a database without tables;
  // waiting on a pipe would never end.
  if (!S_ISREG(file.st_mode) || file.st_size < kDatabaseBytesMin) {
    Close();
    return RegistryUnavailable(registry_, "what is there is no database");
  }
  // An open database outlives the removal of its file and would answer from the past.
  if (database_ != nullptr && file.st_dev == device_ && file.st_ino == inode_) {
    return absl::OkStatus();
  }
  Close();
  device_ = file.st_dev;
  inode_ = file.st_ino;
  return Open();
}

absl::Status SqliteConnection::Open() {
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(path_.c_str(), &raw, flags, nullptr);
  database_.reset(raw);
  if (code == SQLITE_OK) {
    sqlite3_busy_handler(raw, &SqliteConnection::OnBusy, this);
    sqlite3_progress_handler(raw, kInstructionsPerLook, &SqliteConnection::OnProgress, this);
    code = Protect(raw);
  }
  if (code == SQLITE_OK) code = Prepare("BEGIN", &begin_);
  if (code == SQLITE_OK) code = Prepare("ROLLBACK", &end_);
  if (code == SQLITE_OK) return absl::OkStatus();
  absl::Status failure = FailureOf(code);
  Close();
  return failure;
}

int SqliteConnection::OnProgress(void* self) {
  const CallWatch* watch = static_cast<SqliteConnection*>(self)->watch_;
  return watch == nullptr || watch->Check().ok() ? 0 : 1;
}

int SqliteConnection::OnBusy(void* self, int tries) {
  const CallWatch* watch = static_cast<SqliteConnection*>(self)->watch_;
  if (watch == nullptr || !watch->Check().ok()) return 0;
  const absl::Duration pause = absl::Microseconds(250) * (1 << std::min(tries, 10));
  absl::SleepFor(std::min({pause, kBusyPauseMax, watch->Remaining()}));
  return 1;
}

absl::Status SqliteConnection::FailureOf(int code) {
  switch (code & 0xFF) {
    case SQLITE_INTERRUPT: {
      absl::Status why = watch_->Check();
      return why.ok() ? RegistryUnavailable(registry_, "it broke off") : why;
    }
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      if (watch_->Cancelled()) return watch_->Check();
      return RetryableFailure(v1::REASON_REGISTRY_BUSY,
                              "registry '" + registry_ + "' is locked by another program",
                              kBusyRetryAfter);
    case SQLITE_ERROR: {
      absl::Status mismatch = Mismatch();
      Close();
      return mismatch;
    }
    case SQLITE_TOOBIG:
      return Failure(v1::REASON_REGISTRY_MISMATCH,
                     "registry '" + registry_ +
                         "' has a value over 16 MiB; expected the mapping to "
                         "leave its column out");
    default: {
      Close();
      return RegistryUnavailable(registry_, sqlite3_errstr(code));
    }
  }
}

absl::Status SqliteConnection::Mismatch() {
  const std::string said = sqlite3_errmsg(database_.get());
  return SchemaMismatch(registry_, *mapping_, dialect_, said, [this](const std::string& sql) {
    Statement statement;
    return Prepare(sql, &statement) == SQLITE_OK;
  });
}

int SqliteConnection::Prepare(std::string_view sql, Statement* statement) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  statement->reset(raw);
  return code;
}

absl::StatusOr<sqlite3_stmt*> SqliteConnection::Prepared(const QueryKey& key) {
  const auto found = statements_.find(key);
  if (found != statements_.end()) return found->second.get();
  Statement statement;
  const int code = Prepare(QueryText(key, *mapping_, dialect_), &statement);
  if (code != SQLITE_OK) return FailureOf(code);
  return statements_.emplace(key, std::move(statement)).first->second.get();
}

absl::Status SqliteConnection::Begin(const CallWatch* watch, bool snapshot) {
  watch_ = watch;
  if (absl::Status opened = OpenIfNeeded(); !opened.ok()) return opened;
  if (!snapshot) return absl::OkStatus();
  const int code = Run(begin_.get());
  if (code != SQLITE_OK) return FailureOf(code);
  in_snapshot_ = true;
  return absl::OkStatus();
}

// Ends the snapshot whatever happened in it; a database that was closed has none.
void SqliteConnection::End() {
  watch_ = nullptr;
  if (std::exchange(in_snapshot_, false) && database_ != nullptr) Run(end_.get());
}

absl::StatusOr<std::vector<SourceRow>> SqliteConnection::Ask(const QueryKey& key,
                                                             const std::vector<QueryValue>& values,
                                                             size_t rows_max) {
  const absl::StatusOr<sqlite3_stmt*> prepared = Prepared(key);
  if (!prepared.ok()) return prepared.status();
  sqlite3_stmt* statement = *prepared;
  const std::vector<QueryValue> parameters = QueryParameters(key, values, dialect_);
  int code = SQLITE_OK;
  for (size_t i = 0; code == SQLITE_OK && i < parameters.size(); ++i)
    code = Bind(statement, static_cast<int>(i) + 1, parameters[i]);
  if (code != SQLITE_OK) {
    sqlite3_reset(statement);
    return FailureOf(code);
  }
  std::vector<SourceRow> rows;
  while (rows.size() < rows_max && (code = sqlite3_step(statement)) == SQLITE_ROW)
    rows.push_back(RowOf(statement, mapping_->character_set()));
  // Before anything else: a statement left running holds a lock on the registry's file.
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (code != SQLITE_DONE && code != SQLITE_ROW) return FailureOf(code);
  return rows;
}

}  // namespace tracegate

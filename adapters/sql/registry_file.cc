#include "adapters/sql/registry_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/sql/schema_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kValueBytesMax = 8 << 10;
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

int Bind(sqlite3_stmt* statement, int parameter, const QueryValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    return sqlite3_bind_int64(statement, parameter, *number);
  }
  const std::string_view text = std::get<std::string_view>(value);
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
    const int bytes = std::min(sqlite3_column_bytes(statement, column), kValueBytesMax);
    row[i] = character_set.Decode({text, static_cast<size_t>(bytes)});
  }
  return row;
}

}  // namespace

RegistryFile::RegistryFile(std::string registry, std::string path, const Mapping* mapping)
    : registry_(std::move(registry)), path_(std::move(path)), mapping_(mapping) {}

RegistryFile::~RegistryFile() { Close(); }

void RegistryFile::Close() {
  statements_.clear();
  begin_.reset();
  end_.reset();
  database_.reset();
}

absl::Status RegistryFile::Unavailable(std::string_view why) const {
  return Failure(v1::REASON_REGISTRY_UNAVAILABLE,
                 "registry '" + registry_ + "' cannot be read: " + std::string(why));
}

absl::Status RegistryFile::OpenIfNeeded() {
  struct stat file {};
  if (stat(path_.c_str(), &file) != 0) {
    Close();
    return Unavailable("its database is not there");
  }
  // One that is being put in place begins empty, and SQLite takes that for a database without tables;
  // waiting on a pipe would never end.
  if (!S_ISREG(file.st_mode) || file.st_size < kDatabaseBytesMin) {
    Close();
    return Unavailable("what is there is no database");
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

absl::Status RegistryFile::Open() {
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(path_.c_str(), &raw, flags, nullptr);
  database_.reset(raw);
  if (code == SQLITE_OK) {
    sqlite3_busy_handler(raw, &RegistryFile::OnBusy, this);
    sqlite3_progress_handler(raw, kInstructionsPerLook, &RegistryFile::OnProgress, this);
    code = Protect(raw);
  }
  if (code == SQLITE_OK) code = Prepare("BEGIN", &begin_);
  if (code == SQLITE_OK) code = Prepare("ROLLBACK", &end_);
  if (code == SQLITE_OK) return absl::OkStatus();
  absl::Status failure = FailureOf(code);
  Close();
  return failure;
}

int RegistryFile::OnProgress(void* self) {
  const CallWatch* watch = static_cast<RegistryFile*>(self)->watch_;
  return watch == nullptr || watch->Check().ok() ? 0 : 1;
}

int RegistryFile::OnBusy(void* self, int tries) {
  const CallWatch* watch = static_cast<RegistryFile*>(self)->watch_;
  if (watch == nullptr || !watch->Check().ok()) return 0;
  const absl::Duration pause = absl::Microseconds(250) * (1 << std::min(tries, 10));
  absl::SleepFor(std::min({pause, kBusyPauseMax, watch->Remaining()}));
  return 1;
}

absl::Status RegistryFile::FailureOf(int code) {
  switch (code & 0xFF) {
    case SQLITE_INTERRUPT: {
      absl::Status why = watch_->Check();
      return why.ok() ? Unavailable("it broke off") : why;
    }
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      if (watch_->Cancelled()) return watch_->Check();
      return RetryableFailure(v1::REASON_REGISTRY_BUSY,
                              "registry '" + registry_ + "' is locked by another program",
                              kBusyRetryAfter);
    case SQLITE_ERROR: {
      absl::Status mismatch = SchemaMismatch(database_.get(), registry_, *mapping_);
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
      return Unavailable(sqlite3_errstr(code));
    }
  }
}

int RegistryFile::Prepare(std::string_view sql, Statement* statement) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  statement->reset(raw);
  return code;
}

absl::StatusOr<sqlite3_stmt*> RegistryFile::Prepared(const QueryKey& key) {
  const auto found = statements_.find(key);
  if (found != statements_.end()) return found->second.get();
  Statement statement;
  const int code = Prepare(QueryText(key, *mapping_), &statement);
  if (code != SQLITE_OK) return FailureOf(code);
  return statements_.emplace(key, std::move(statement)).first->second.get();
}

absl::StatusOr<RegistryFile::Call> RegistryFile::Call::Begin(RegistryFile* file,
                                                             const CallWatch* watch,
                                                             bool snapshot) {
  if (absl::Status may_go_on = watch->Check(); !may_go_on.ok()) return may_go_on;
  file->watch_ = watch;
  Call call(file);
  if (absl::Status opened = file->OpenIfNeeded(); !opened.ok()) return opened;
  if (snapshot) {
    const int code = Run(file->begin_.get());
    if (code != SQLITE_OK) return file->FailureOf(code);
    call.in_snapshot_ = true;
  }
  return call;
}

RegistryFile::Call::Call(Call&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)), in_snapshot_(other.in_snapshot_) {}

RegistryFile::Call::~Call() {
  if (file_ == nullptr) return;
  // Ends the snapshot whatever happened in it; a database that was closed has none.
  file_->watch_ = nullptr;
  if (in_snapshot_ && file_->database_ != nullptr) Run(file_->end_.get());
}

absl::StatusOr<std::vector<SourceRow>> RegistryFile::Call::Ask(
    const QueryKey& key, const std::vector<QueryValue>& values, size_t rows_max) {
  const absl::StatusOr<sqlite3_stmt*> prepared = file_->Prepared(key);
  if (!prepared.ok()) return prepared.status();
  sqlite3_stmt* statement = *prepared;
  int code = SQLITE_OK;
  int parameter = 0;
  for (const QueryValue& value : values) {
    if (code == SQLITE_OK) code = Bind(statement, ++parameter, value);
  }
  if (code == SQLITE_OK) {
    code = sqlite3_bind_int64(statement, ++parameter, static_cast<int64_t>(rows_max));
  }
  if (code != SQLITE_OK) {
    sqlite3_reset(statement);
    return file_->FailureOf(code);
  }
  std::vector<SourceRow> rows;
  const CharacterSet& character_set = file_->mapping_->character_set();
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    rows.push_back(RowOf(statement, character_set));
  }
  // Before anything else: a statement left running holds a lock on the registry's file.
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (code != SQLITE_DONE) return file_->FailureOf(code);
  return rows;
}

absl::Status RegistryFile::Call::Check(const QueryKey& key) {
  return file_->Prepared(key).status();
}

}  // namespace tracegate

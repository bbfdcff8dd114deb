#include "gateway/storage/sqlite_schema.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "SQLiteCpp/Database.h"
#include "gateway/storage/sqlite_failure.h"

namespace tracegate {
namespace {

namespace fs = std::filesystem;

constexpr char kTables[] = R"sql(
CREATE TABLE entry (
  idx INTEGER PRIMARY KEY,
  header BLOB NOT NULL,
  salt BLOB NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE TABLE checkpoint (
  tree_size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
) STRICT;
)sql";

// A trace's identifier sorts by time, so the table grows at its end. The indexes in random order are the
// one that idempotency needs, and the one by which a weapon is found that was traced before.
constexpr char kTraceColumns[] = R"sql( (
  trace_id TEXT NOT NULL PRIMARY KEY,
  agency TEXT NOT NULL,
  actor TEXT NOT NULL,
  request_id TEXT NOT NULL,
  asking_state TEXT NOT NULL,
  asked_state TEXT NOT NULL,
  serial_number TEXT NOT NULL,
  state INTEGER NOT NULL,
  open INTEGER NOT NULL,
  body BLOB NOT NULL,
  reply_entry INTEGER NOT NULL,
  reply_receipt BLOB NOT NULL,
  UNIQUE (agency, request_id)
) STRICT, WITHOUT ROWID;
)sql";

// Since version 2. The log fills it for the entries of before.
constexpr char kTileTable[] = R"sql(
CREATE TABLE tile (
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;
)sql";

// Since version 4. A document's newest revision stands in `document`, the ones before in `document_revision`.
constexpr std::pair<std::string_view, std::string_view> kDocumentTables[] = {
    {"document", R"sql( (
  document_id TEXT NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL,
  state TEXT NOT NULL,
  about TEXT NOT NULL,
  date TEXT NOT NULL,
  due TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body BLOB NOT NULL,
  entry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql"},
    {"document_revision", R"sql( (
  document_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body BLOB NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (document_id, revision)
) STRICT, WITHOUT ROWID;
)sql"},
    {"document_key", R"sql( (
  word TEXT NOT NULL,
  document_id TEXT NOT NULL,
  PRIMARY KEY (word, document_id)
) STRICT, WITHOUT ROWID;
)sql"},
    {"answered", R"sql( (
  agency TEXT NOT NULL,
  request_id TEXT NOT NULL,
  method TEXT NOT NULL,
  request_entry INTEGER NOT NULL,
  reply_entry INTEGER NOT NULL,
  reply_receipt BLOB NOT NULL,
  UNIQUE (agency, request_id)
) STRICT;
)sql"},
};

// The first holds what a scan filters by, so that it looks only at rows that it shows.
constexpr char kDocumentIndexSql[] = R"sql(
CREATE INDEX document_kind ON document (kind, state, document_id, date);
CREATE INDEX document_about ON document (about) WHERE about <> '';
CREATE INDEX document_due ON document (kind, due) WHERE due <> '';
CREATE INDEX document_entry ON document (entry);
CREATE INDEX document_revision_entry ON document_revision (entry);
CREATE INDEX document_key_document ON document_key (document_id);
CREATE INDEX answered_reply ON answered (reply_entry);
)sql";

std::string Reason(int error) { return std::generic_category().message(error); }

uint32_t BigEndian(std::string_view bytes) {
  uint32_t value = 0;
  for (const char byte : bytes.substr(0, 4)) value = value << 8 | static_cast<uint8_t>(byte);
  return value;
}

// Reads the header itself instead of asking SQLite, which would touch a foreign database in passing.
// Offsets: https://www.sqlite.org/fileformat.html section 1.3.
absl::Status CheckHeader(const std::string& file) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  std::string header(100, '\0');
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return StoreFileFailure(file, "cannot be read: " + Reason(errno));
  stream.read(header.data(), static_cast<std::streamsize>(header.size()));
  const std::string_view view = header;
  if (stream.gcount() != static_cast<std::streamsize>(header.size()) ||
      view.substr(0, kMagic.size()) != kMagic ||
      BigEndian(view.substr(68)) != kStoreApplicationId) {
    return StoreFileFailure(file, "is not a Tracegate record store");
  }
  const uint32_t version = BigEndian(view.substr(60));
  if (version < 1 || version > kStoreVersion) {
    return StoreFileFailure(file, "is a record store of version " + std::to_string(version) +
                                      "; this program knows versions 1 to " +
                                      std::to_string(kStoreVersion));
  }
  if (access(file.c_str(), W_OK) != 0) {
    return StoreFileFailure(file, "cannot be written: " + Reason(errno));
  }
  return absl::OkStatus();
}

// Everybody's personal data is in it: for the owner's eyes only. SQLite gives the write-ahead log the
// same mode.
absl::Status MakeEmpty(const std::string& file) {
  unlink(file.c_str());
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return StoreFileFailure(file, "cannot be made: " + Reason(errno));
  close(descriptor);
  return absl::OkStatus();
}

absl::Status SyncFolderOf(const std::string& file) {
  fs::path folder = fs::path(file).parent_path();
  if (folder.empty()) folder = ".";
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 || fsync(descriptor) != 0) {
    const int error = errno;
    if (descriptor >= 0) close(descriptor);
    return StoreFileFailure(folder.string(), "cannot be synced: " + Reason(error));
  }
  close(descriptor);
  return absl::OkStatus();
}

absl::Status Create(const std::string& file) {
  const std::string draft = file + ".new";
  if (absl::Status made = MakeEmpty(draft); !made.ok()) return made;
  const absl::Status built = StoppingExceptions("make its tables", [&] {
    SQLite::Database database(draft, SQLite::OPEN_READWRITE);
    // 16 KiB pages: fewer frames a batch than the default 4 KiB. Only a database without tables takes it.
    database.exec("PRAGMA page_size = 16384; PRAGMA synchronous = FULL;");
    database.exec(std::string("BEGIN; PRAGMA application_id = ") +
                  std::to_string(kStoreApplicationId) +
                  "; PRAGMA user_version = " + std::to_string(kStoreVersion) + ";" + kTables +
                  TraceTableSql("trace") + kTraceIndexSql + kTileTable + DocumentTablesSql("") +
                  kDocumentIndexSql + "COMMIT;");
    database.exec("PRAGMA journal_mode = WAL;");
    return absl::OkStatus();
  });
  if (!built.ok()) return built;
  if (rename(draft.c_str(), file.c_str()) != 0) {
    return StoreFileFailure(file, "cannot be made: " + Reason(errno));
  }
  return SyncFolderOf(file);
}

// Brings a file of an older version up to this one, in one transaction. Its records stay as they are.
absl::Status Upgrade(const std::string& file) {
  return StoppingExceptions("upgrade " + file, [&] {
    SQLite::Database database(file, SQLite::OPEN_READWRITE);
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version == static_cast<int>(kStoreVersion)) return absl::OkStatus();
    database.exec(std::string("PRAGMA synchronous = FULL; BEGIN IMMEDIATE;") +
                  (version == 1 ? kTileTable : "") + kTraceIndexSql + DocumentTablesSql("") +
                  kDocumentIndexSql + "PRAGMA user_version = " + std::to_string(kStoreVersion) +
                  "; COMMIT;");
    return absl::OkStatus();
  });
}

}  // namespace

std::string TraceTableSql(std::string_view name) {
  return "CREATE TABLE " + std::string(name) + kTraceColumns;
}

std::string DocumentTablesSql(std::string_view suffix) {
  std::string sql;
  for (const auto& [name, columns] : kDocumentTables) {
    sql += "CREATE TABLE " + std::string(name) + std::string(suffix) + std::string(columns);
  }
  return sql;
}

std::string RewriteDocumentsSql() {
  std::string sql = DocumentTablesSql("_swept");
  for (const auto& [name, columns] : kDocumentTables) {
    const std::string table(name);
    sql += "INSERT INTO " + table + "_swept SELECT * FROM " + table + ";DROP TABLE " + table +
           ";ALTER TABLE " + table + "_swept RENAME TO " + table + ";";
  }
  return sql + kDocumentIndexSql;
}

absl::Status PrepareStoreFile(const std::string& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (fs::exists(status)) {
    if (!fs::is_regular_file(status)) return StoreFileFailure(file, "is not a regular file");
    // Taking an emptied file for a new one would quietly start the log anew.
    if (fs::file_size(file, error) == 0) {
      return StoreFileFailure(file, "is empty; remove it to start a new record store");
    }
    if (absl::Status sound = CheckHeader(file); !sound.ok()) return sound;
    return Upgrade(file);
  }
  // SQLite would replay it into the new database.
  if (fs::exists(file + "-wal", error)) {
    return StoreFileFailure(file, "is missing, but its write-ahead log is there: restore both");
  }
  return Create(file);
}

}  // namespace tracegate

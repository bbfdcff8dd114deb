#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_SCHEMA_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_SCHEMA_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace tracegate {

// What marks a database file as a record store: SQLite header fields application_id ("TrGt") and
// user_version.
inline constexpr uint32_t kStoreApplicationId = 0x54724774;
inline constexpr uint32_t kStoreVersion = 4;

// Statements that make the traces' table under that name, without its indexes; and those of the table `trace`. The second
// finds a State's own traces of a weapon, since version 3.
std::string TraceTableSql(std::string_view name);
inline constexpr char kTraceIndexSql[] =
    "CREATE INDEX IF NOT EXISTS trace_open ON trace (trace_id) WHERE open = 1;"
    "CREATE INDEX IF NOT EXISTS trace_serial ON trace (serial_number) WHERE asked_state = '';";

// Statements that make the tables of documents and kept replies, their names with that suffix, without indexes.
std::string DocumentTablesSql(std::string_view suffix);

// Statements that write those tables anew.
std::string RewriteDocumentsSql();

// Sees to it that `file` is a record store of this version: makes it, with its tables, where there is
// none. The caller holds the file's FileLock.
//
// A new store appears whole or not at all: it is built beside and renamed.
//
// Errors: FAILED_PRECONDITION (CONFIG_INVALID) where the file is something else, another program's
// database, of a newer version, or empty; or where only its write-ahead log is left. The file is
// untouched then.
absl::Status PrepareStoreFile(const std::string& file);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_SCHEMA_H_

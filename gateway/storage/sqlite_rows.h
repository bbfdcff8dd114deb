#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_ROWS_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_ROWS_H_

#include <string>

#include "SQLiteCpp/Column.h"
#include "SQLiteCpp/Statement.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// For the .cc files of this room: rows as the connections that read have them.

inline std::string Bytes(const SQLite::Column& column) {
  const void* bytes = column.getBlob();
  return {static_cast<const char*>(bytes), static_cast<size_t>(column.getBytes())};
}

// Of a statement that selects idx, header, salt, content.
inline EntryRow EntryOf(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(), Bytes(row.getColumn(1)), Bytes(row.getColumn(2)),
          Bytes(row.getColumn(3))};
}

// Of a statement that selects tree_size, note.
inline CheckpointRow CheckpointOf(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(), Bytes(row.getColumn(1))};
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_ROWS_H_

#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_CONNECTION_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_CONNECTION_H_

#include <sqlite3.h>

#include <string>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"

namespace tracegate {

// For the .cc files of this room: what its connections share.

// Only another program that opened the file can make anybody wait this long.
inline constexpr int kBusyTimeoutMs = 5000;

// Every connection here is used by one thread at a time.
inline constexpr int kReadWrite = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
inline constexpr int kReadOnly = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;

// Rewinds a kept statement when the work with it is over, however it ends: a statement left half
// read would hold its snapshot, and with it the write-ahead log.
class Rewinding {
 public:
  explicit Rewinding(SQLite::Statement& statement) : statement_(statement) {}
  ~Rewinding() { statement_.tryReset(); }
  Rewinding(const Rewinding&) = delete;
  Rewinding& operator=(const Rewinding&) = delete;

 private:
  SQLite::Statement& statement_;
};

// Runs a statement that returns nothing.
inline void Run(SQLite::Statement& statement) {
  Rewinding rewinding(statement);
  statement.exec();
}

// Binds without a copy: `bytes` outlives the statement's run. Empty bytes are an empty blob, not NULL.
inline void BindBlob(SQLite::Statement& statement, int parameter, const std::string& bytes) {
  statement.bindNoCopy(parameter, static_cast<const void*>(bytes.data()),
                       static_cast<int>(bytes.size()));
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_CONNECTION_H_

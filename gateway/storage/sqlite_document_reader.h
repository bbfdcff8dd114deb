#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_DOCUMENT_READER_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_DOCUMENT_READER_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// Reads documents and kept replies through the connection that it is given. Each method lets go of its snapshot before it
// returns.
//
// Thread safety: one thread at a time. Errors: throws SQLite::Exception.
class SqliteDocumentReader {
 public:
  // `database` outlives it.
  explicit SqliteDocumentReader(SQLite::Database& database);

  std::optional<DocumentRow> Find(std::string_view document_id);
  std::optional<DocumentRow> Find(std::string_view document_id, int revision);
  // The next of the query: at most `rows_max`, and no more once they have `bytes_max` bytes.
  std::vector<DocumentRow> Scan(const DocumentQuery& query, int rows_max, size_t bytes_max);
  std::optional<AnsweredRow> FindAnswered(std::string_view agency, std::string_view request_id);

 private:
  SQLite::Database& database_;
  SQLite::Statement by_id_;
  SQLite::Statement former_;
  SQLite::Statement answered_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_DOCUMENT_READER_H_

#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_DOCUMENT_WRITER_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_DOCUMENT_WRITER_H_

#include <cstdint>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "absl/status/status.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// Writes documents and kept replies, within the transaction of the connection that it is given.
//
// Thread safety: one thread at a time. Errors: throws SQLite::Exception.
class SqliteDocumentWriter {
 public:
  // `database` outlives it.
  explicit SqliteDocumentWriter(SQLite::Database& database);

  // REVISION_STALE where a row is not its document's next revision.
  absl::Status CheckRevisions(const std::vector<DocumentRow>& rows);

  void Put(const DocumentRow& row);
  void Insert(const AnsweredRow& row);
  // What was held of that entry.
  void EraseOf(int64_t entry);

 private:
  int NewestRevision(const std::string& document_id);  // 0: there is none
  void RunWithEntry(SQLite::Statement& statement, int64_t entry);

  SQLite::Statement newest_revision_;
  SQLite::Statement keep_former_;
  SQLite::Statement put_;
  SQLite::Statement drop_keys_;
  SQLite::Statement add_key_;
  SQLite::Statement insert_answered_;
  SQLite::Statement erase_keys_;
  SQLite::Statement erase_document_;
  SQLite::Statement erase_revision_;
  SQLite::Statement erase_receipt_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_DOCUMENT_WRITER_H_

#include "gateway/storage/sqlite_document_writer.h"

#include <map>
#include <string>

#include "gateway/storage/sqlite_connection.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr char kKeepFormer[] = R"sql(
INSERT INTO document_revision (document_id, revision, body, entry)
SELECT document_id, revision, body, entry FROM document WHERE document_id = ?1
)sql";

constexpr char kPut[] = R"sql(
INSERT INTO document (document_id, kind, state, about, date, due, revision, body, entry)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (document_id) DO UPDATE SET
  kind = ?2, state = ?3, about = ?4, date = ?5, due = ?6, revision = ?7, body = ?8, entry = ?9
)sql";

constexpr char kEraseKeys[] =
    "DELETE FROM document_key WHERE document_id IN (SELECT document_id FROM document WHERE entry = "
    "?)";

}  // namespace

SqliteDocumentWriter::SqliteDocumentWriter(SQLite::Database& database)
    : newest_revision_(database, "SELECT revision FROM document WHERE document_id = ?"),
      keep_former_(database, kKeepFormer),
      put_(database, kPut),
      drop_keys_(database, "DELETE FROM document_key WHERE document_id = ?"),
      add_key_(database, "INSERT OR IGNORE INTO document_key (word, document_id) VALUES (?, ?)"),
      insert_answered_(database,
                       "INSERT INTO answered (agency, request_id, method, request_entry,"
                       " reply_entry, reply_receipt) VALUES (?, ?, ?, ?, ?, ?)"),
      erase_keys_(database, kEraseKeys),
      erase_document_(database, "UPDATE document SET body = x'', due = '' WHERE entry = ?"),
      erase_revision_(database, "UPDATE document_revision SET body = x'' WHERE entry = ?"),
      erase_receipt_(database, "UPDATE answered SET reply_receipt = x'' WHERE reply_entry = ?") {}

int SqliteDocumentWriter::NewestRevision(const std::string& document_id) {
  Rewinding rewinding(newest_revision_);
  newest_revision_.bindNoCopy(1, document_id);
  return newest_revision_.executeStep() ? newest_revision_.getColumn(0).getInt() : 0;
}

absl::Status SqliteDocumentWriter::CheckRevisions(const std::vector<DocumentRow>& rows) {
  std::map<std::string, int> in_batch;
  for (const DocumentRow& row : rows) {
    const auto before = in_batch.find(row.document_id);
    const int newest = before == in_batch.end() ? NewestRevision(row.document_id) : before->second;
    if (row.revision != newest + 1) {
      return Failure(v1::REASON_REVISION_STALE,
                     row.document_id + " has changed meanwhile; read it again");
    }
    in_batch[row.document_id] = row.revision;
  }
  return absl::OkStatus();
}

void SqliteDocumentWriter::Put(const DocumentRow& row) {
  keep_former_.bindNoCopy(1, row.document_id);
  Run(keep_former_);
  put_.bindNoCopy(1, row.document_id);
  put_.bind(2, row.kind);
  put_.bindNoCopy(3, row.state);
  put_.bindNoCopy(4, row.about);
  put_.bindNoCopy(5, row.date);
  put_.bindNoCopy(6, row.due);
  put_.bind(7, row.revision);
  BindBlob(put_, 8, row.body);
  put_.bind(9, row.entry);
  Run(put_);
  if (!row.keys) return;
  drop_keys_.bindNoCopy(1, row.document_id);
  Run(drop_keys_);
  for (const std::string& key : *row.keys) {
    add_key_.bindNoCopy(1, key);
    add_key_.bindNoCopy(2, row.document_id);
    Run(add_key_);
  }
}

void SqliteDocumentWriter::Insert(const AnsweredRow& row) {
  insert_answered_.bindNoCopy(1, row.agency);
  insert_answered_.bindNoCopy(2, row.request_id);
  insert_answered_.bindNoCopy(3, row.method);
  insert_answered_.bind(4, row.request_entry);
  insert_answered_.bind(5, row.reply_entry);
  BindBlob(insert_answered_, 6, row.reply_receipt);
  Run(insert_answered_);
}

void SqliteDocumentWriter::EraseOf(int64_t entry) {
  RunWithEntry(erase_keys_, entry);
  RunWithEntry(erase_document_, entry);
  RunWithEntry(erase_revision_, entry);
  RunWithEntry(erase_receipt_, entry);
}

void SqliteDocumentWriter::RunWithEntry(SQLite::Statement& statement, int64_t entry) {
  statement.bind(1, entry);
  Run(statement);
}

}  // namespace tracegate

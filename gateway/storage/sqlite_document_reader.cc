#include "gateway/storage/sqlite_document_reader.h"

#include <string>

#include "gateway/storage/sqlite_connection.h"
#include "gateway/storage/sqlite_rows.h"

namespace tracegate {
namespace {

const std::string kColumns =
    "SELECT d.document_id, d.kind, d.state, d.about, d.date, d.due, d.revision, d.body, d.entry ";

DocumentRow DocumentOf(SQLite::Statement& row) {
  DocumentRow document;
  document.document_id = Bytes(row.getColumn(0));
  document.kind = row.getColumn(1).getInt();
  document.state = Bytes(row.getColumn(2));
  document.about = Bytes(row.getColumn(3));
  document.date = Bytes(row.getColumn(4));
  document.due = Bytes(row.getColumn(5));
  document.revision = row.getColumn(6).getInt();
  document.body = Bytes(row.getColumn(7));
  document.entry = row.getColumn(8).getInt64();
  return document;
}

// A query as SQL: whatever came from outside is a parameter.
struct Listing {
  std::string sql;
  std::vector<std::string> texts;

  void Where(std::string_view condition, const std::string& text) {
    if (text.empty()) return;
    sql += " AND " + std::string(condition);
    texts.push_back(text);
  }
};

// SQLite would rather walk a kind in the order that is asked for than sort the few rows of a word or of what a document is
// about: `CROSS JOIN` and `+` leave it the one index that finds them.
Listing ListingOf(const DocumentQuery& query, int rows_max) {
  const bool by_word = !query.key.empty();
  const std::string found = by_word || !query.about.empty() ? "+" : "";
  const std::string id = by_word ? "k.document_id" : "d.document_id";
  Listing listing{kColumns +
                      (by_word ? "FROM document_key k CROSS JOIN document d"
                                 " ON d.document_id = k.document_id"
                               : "FROM document d") +
                      " WHERE " + found + "d.kind = " + std::to_string(query.kind),
                  {}};
  listing.Where("k.word = ?", query.key);
  listing.Where(found + "d.state = ?", query.state);
  listing.Where(by_word ? "+d.about = ?" : "d.about = ?", query.about);
  // In the order of the index: sorting each block anew would cost more than what is passed over.
  listing.Where("+d.date >= ?", query.from_date);
  // Behind every text that begins so: no date has a character above it.
  listing.Where("+d.date <= ? || '~'", query.until_date);
  listing.Where("d.due <> '' AND d.due < ?", query.due_before);
  listing.Where(id + (query.newest_first ? " < ?" : " > ?"), query.beyond_id);
  listing.sql += " ORDER BY " + id + (query.newest_first ? " DESC" : "") + " LIMIT " +
                 std::to_string(rows_max);
  return listing;
}

}  // namespace

SqliteDocumentReader::SqliteDocumentReader(SQLite::Database& database)
    : database_(database),
      by_id_(database, kColumns + "FROM document d WHERE d.document_id = ?"),
      former_(database,
              "SELECT d.document_id, d.kind, d.state, d.about, d.date, d.due, r.revision, r.body,"
              " r.entry FROM document_revision r JOIN document d ON d.document_id = r.document_id"
              " WHERE r.document_id = ? AND r.revision = ?"),
      answered_(database,
                "SELECT agency, request_id, method, request_entry, reply_entry, reply_receipt"
                " FROM answered WHERE agency = ? AND request_id = ?") {}

std::optional<DocumentRow> SqliteDocumentReader::Find(std::string_view document_id) {
  Rewinding rewinding(by_id_);
  by_id_.bind(1, std::string(document_id));
  if (!by_id_.executeStep()) return std::nullopt;
  return DocumentOf(by_id_);
}

std::optional<DocumentRow> SqliteDocumentReader::Find(std::string_view document_id, int revision) {
  {
    Rewinding rewinding(former_);
    former_.bind(1, std::string(document_id));
    former_.bind(2, revision);
    if (former_.executeStep()) return DocumentOf(former_);
  }
  auto newest = Find(document_id);
  if (newest && newest->revision != revision) return std::nullopt;
  return newest;
}

std::vector<DocumentRow> SqliteDocumentReader::Scan(const DocumentQuery& query, int rows_max,
                                                    size_t bytes_max) {
  // Not kept: which filters are set decides what SQLite can use.
  const Listing listing = ListingOf(query, rows_max);
  SQLite::Statement statement(database_, listing.sql);
  int parameter = 0;
  for (const std::string& text : listing.texts) statement.bindNoCopy(++parameter, text);
  std::vector<DocumentRow> documents;
  size_t bytes = 0;
  while (bytes < bytes_max && statement.executeStep()) {
    documents.push_back(DocumentOf(statement));
    bytes += documents.back().body.size();
  }
  return documents;
}

std::optional<AnsweredRow> SqliteDocumentReader::FindAnswered(std::string_view agency,
                                                              std::string_view request_id) {
  Rewinding rewinding(answered_);
  answered_.bind(1, std::string(agency));
  answered_.bind(2, std::string(request_id));
  if (!answered_.executeStep()) return std::nullopt;
  AnsweredRow row;
  row.agency = Bytes(answered_.getColumn(0));
  row.request_id = Bytes(answered_.getColumn(1));
  row.method = Bytes(answered_.getColumn(2));
  row.request_entry = answered_.getColumn(3).getInt64();
  row.reply_entry = answered_.getColumn(4).getInt64();
  row.reply_receipt = Bytes(answered_.getColumn(5));
  return row;
}

}  // namespace tracegate

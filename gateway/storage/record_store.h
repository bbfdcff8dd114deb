#ifndef TRACEGATE_GATEWAY_STORAGE_RECORD_STORE_H_
#define TRACEGATE_GATEWAY_STORAGE_RECORD_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tracegate/v1/evidence.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// One entry of the evidence log, as stored.
struct EntryRow {
  int64_t index = 0;    // 0-based, without gaps
  std::string header;   // serialised v1::EntryHeader: the bytes that were hashed
  std::string salt;     // 32 bytes; empty once erased
  std::string content;  // the exact bytes received or released; empty once erased
};

inline bool IsErased(const EntryRow& row) { return row.salt.empty() && row.content.empty(); }

// One trace, as stored.
struct TraceRow {
  std::string trace_id;
  std::string agency;  // whose request_id it is: "BR/policia-federal"
  std::string actor;   // SPIFFE ID of who asked
  std::string request_id;
  std::string asking_state;
  std::string asked_state;  // of an incoming trace; empty where this gateway asks
  std::string serial_number;
  v1::TraceState state = v1::TRACE_STATE_UNSPECIFIED;
  bool open = true;
  std::string
      body;  // serialised v1::Trace, of an open trace; an ended one stands in its reply entry
  // Which entry's content was released as the trace's final reply, and the receipt sent behind it.
  // -1 while none was.
  int64_t reply_entry = -1;
  std::string reply_receipt;
};

// One thing on record that is amended and never overwritten: a transfer, a question on end use, a report. Its kind is a
// number that the room gives which keeps it.
struct DocumentRow {
  std::string document_id;  // sorts by the time when it was made
  int kind = 0;
  std::string state;  // whose it is
  std::string about;  // the document that it belongs to; empty: none
  std::string date;   // "2024-05-01", or as much as is known: "2024"; by which it is found
  std::string due;    // the day by which something is owed on it; empty: nothing is
  int revision = 1;
  std::string body;  // serialised message; empty once erased
  // Words by which it is found, letter by letter; given to Commit, not read back. Nothing: those that it had.
  std::optional<std::vector<std::string>> keys;
  // The entry that holds it as it was told; when that is erased, this revision's body goes, and with the newest one the
  // words.
  int64_t entry = -1;
};

// The reply to a request that is answered once, whatever the request was.
struct AnsweredRow {
  std::string agency;  // whose request_id it is
  std::string request_id;
  std::string method;         // "/package.Service/Method"
  int64_t request_entry = 0;  // the entries that hold the request, and the reply as it was released
  int64_t reply_entry = 0;
  std::string reply_receipt;  // empty once the reply was erased
};

// A full tile of the log's Merkle tree (https://c2sp.org/tlog-tiles): the roots of 256 full subtrees of 256^level leaves
// each, side by side.
struct TileRow {
  int level = 0;
  int64_t index = 0;   // 0-based from the left, within its level
  std::string hashes;  // 256 x 32 bytes
};

struct CheckpointRow {
  int64_t tree_size = 0;
  std::string note;
};

// What is erased for good. What is erased already may be named again.
struct Erasure {
  // Indexes of entries from before the batch: salt and content become empty, the header stays. So do the bodies of
  // documents and the receipts of replies that stand in them.
  std::vector<int64_t> entries;
  // Identifiers of ended traces whose reply is erased: serial_number, body and reply_receipt become empty, for the receipt
  // holds the reply's salt. Open or unknown ones are passed over.
  std::vector<std::string> traces;
  // Also erases the copies of traces and documents that the store made when it moved rows about. Takes as long as there
  // are rows, so it is for the last of several erasures.
  bool sweep = false;

  bool empty() const { return entries.empty() && traces.empty() && !sweep; }
};

// What is written together or not at all.
struct WriteBatch {
  std::vector<EntryRow> entries;
  std::vector<TraceRow> traces;  // inserted, or replaced by trace_id
  // Inserted as revision 1, or the next revision of what is there, which is kept
  // beside.
  std::vector<DocumentRow> documents;
  std::vector<AnsweredRow> answered;    // inserted
  std::vector<TileRow> tiles;           // inserted
  std::vector<TileRow> tiles_repaired;  // inserted, or put in place of what is there
  std::optional<CheckpointRow> checkpoint;
  Erasure erasure;
};

// Which traces a page shows; newest first.
struct TraceQuery {
  std::string visible_to_state;  // asking or asked; empty: all
  std::string agency;            // only this agency's own; empty: all
  std::string serial_number;     // empty: all
  std::vector<v1::TraceState> states;
  v1::TraceDirection direction = v1::TRACE_DIRECTION_UNSPECIFIED;
  std::string before_trace_id;  // page continues below this one; empty: from the newest
  int limit = 50;
};

// Which documents a scan shows. All that is set must fit.
struct DocumentQuery {
  int kind = 0;
  std::string state;  // empty: all
  std::string about;  // empty: all
  std::string key;    // empty: all
  std::string
      from_date;  // dates are compared as text: "2024" stands before "2024-01-01"; empty: all
  std::string
      until_date;  // inclusive, of as much as it says: "2024" includes "2024-12-31"; empty: all
  std::string due_before;  // only those due by an earlier day; empty: all
  std::string beyond_id;   // goes on beyond this one; empty: from the start
  bool newest_first = false;
};

// Where records are kept.
//
// Thread safety: Commit is called from one thread at a time; reads from any thread at once, beside it.
//
// Durability: when Commit returns OK, the batch survives kill -9 and power cut; and what it erased is nowhere in the
// store's files any more.
//
// Errors: UNAVAILABLE (RECORD_NOT_DURABLE) where the disk refuses; DATA_LOSS (LOG_DAMAGED) where what is
// read cannot be what was written, and where an entry to commit does not have the next index or a
// checkpoint of that size, or that tile, is there already; ALREADY_EXISTS (REQUEST_ID_REUSED) where a trace to commit has the
// agency and request_id of another trace, or a reply those of another; ABORTED (REVISION_STALE) where a document to commit is
// not the next revision; NOT_FOUND (ENTRY_NOT_FOUND) where an entry to erase is not there. After a failed
// Commit nothing of the batch is visible, and nothing is erased.
class RecordStore {
 public:
  virtual ~RecordStore() = default;

  virtual absl::Status Commit(const WriteBatch& batch) = 0;

  // Not finding one is no error.
  virtual absl::StatusOr<std::optional<TraceRow>> FindTrace(std::string_view trace_id) = 0;
  virtual absl::StatusOr<std::optional<TraceRow>> FindTraceByRequest(
      std::string_view agency, std::string_view request_id) = 0;
  virtual absl::StatusOr<std::vector<TraceRow>> ListTraces(const TraceQuery& query) = 0;
  // Every trace with open = true, oldest first.
  virtual absl::StatusOr<std::vector<TraceRow>> OpenTraces() = 0;

  // The newest revision. Not finding one is no error.
  virtual absl::StatusOr<std::optional<DocumentRow>> FindDocument(std::string_view document_id) = 0;
  // One revision, of which kind, state and the like are the newest one's.
  virtual absl::StatusOr<std::optional<DocumentRow>> FindRevision(std::string_view document_id,
                                                                  int revision) = 0;
  // Calls `row` for newest revisions by document_id until it returns false or none is left.
  virtual absl::Status ScanDocuments(const DocumentQuery& query,
                                     const std::function<bool(const DocumentRow&)>& row) = 0;
  virtual absl::StatusOr<std::optional<AnsweredRow>> FindAnswered(std::string_view agency,
                                                                  std::string_view request_id) = 0;

  // NOT_FOUND (ENTRY_NOT_FOUND) past the end.
  virtual absl::StatusOr<EntryRow> ReadEntry(int64_t index) = 0;
  // Calls `row` for entries from `from`, ascending (or descending), until it returns false or none is left.
  virtual absl::Status ScanEntries(int64_t from, bool descending,
                                   const std::function<bool(const EntryRow&)>& row) = 0;
  virtual absl::StatusOr<int64_t> EntryCount() = 0;
  // Not finding one is no error: a store of before tiles were kept has none.
  virtual absl::StatusOr<std::optional<TileRow>> ReadTile(int level, int64_t index) = 0;
  virtual absl::StatusOr<std::optional<CheckpointRow>> LatestCheckpoint() = 0;
  // The first of at least so many entries.
  virtual absl::StatusOr<std::optional<CheckpointRow>> CheckpointFrom(int64_t tree_size_min) = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_RECORD_STORE_H_

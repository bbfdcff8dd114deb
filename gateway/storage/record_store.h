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
  // Indexes of entries from before the batch: salt and content become empty, the header stays.
  std::vector<int64_t> entries;
  // Identifiers of ended traces whose reply is erased: serial_number, body and reply_receipt become empty, for the receipt
  // holds the reply's salt. Open or unknown ones are passed over.
  std::vector<std::string> traces;
  // Also erases the copies of traces that the store made when it moved rows about. Takes as long as there are traces, so
  // it is for the last of several erasures.
  bool sweep = false;

  bool empty() const { return entries.empty() && traces.empty() && !sweep; }
};

// What is written together or not at all.
struct WriteBatch {
  std::vector<EntryRow> entries;
  std::vector<TraceRow> traces;         // inserted, or replaced by trace_id
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
// agency and request_id of another trace; NOT_FOUND (ENTRY_NOT_FOUND) where an entry to erase is not there. After a failed
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

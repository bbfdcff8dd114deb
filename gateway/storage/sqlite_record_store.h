#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_RECORD_STORE_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_RECORD_STORE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// Records in one SQLite file, in WAL mode with synchronous=FULL: one connection writes, a few read.
//
// Thread safety: as RecordStore. A read waits while all reading connections are busy. ScanEntries lends
// none while it calls back, so that a slow reader holds up nobody; entries come in blocks of about 1 MiB.
//
// Lifetime: one store per file among all processes, while it lives. Destroyed after every call has
// returned; moves the write-ahead log into the file then. After a kill the next Open does.
//
// Durability: as RecordStore. A batch refused because the disk failed in its very last step may be
// found, whole, after a crash.
//
// Errors: as RecordStore.
class SqliteRecordStore : public RecordStore {
 public:
  struct Options {
    std::string file;  // made where it does not exist; its folder must
    int readers = 4;   // connections
    // Frames (16 KiB) of write-ahead log after which it is moved into the file: 32 MiB.
    int wal_frames = 2048;
  };

  // FAILED_PRECONDITION (CONFIG_INVALID) where the file is in use, not a record store, of a newer
  // version, or cannot be made; it is untouched then.
  static absl::StatusOr<std::unique_ptr<SqliteRecordStore>> Open(const Options& options);
  ~SqliteRecordStore() override;

  absl::Status Commit(const WriteBatch& batch) override;
  absl::StatusOr<std::optional<TraceRow>> FindTrace(std::string_view trace_id) override;
  absl::StatusOr<std::optional<TraceRow>> FindTraceByRequest(std::string_view agency,
                                                             std::string_view request_id) override;
  absl::StatusOr<std::vector<TraceRow>> ListTraces(const TraceQuery& query) override;
  absl::StatusOr<std::vector<TraceRow>> OpenTraces() override;
  absl::StatusOr<std::optional<DocumentRow>> FindDocument(std::string_view document_id) override;
  absl::StatusOr<std::optional<DocumentRow>> FindRevision(std::string_view document_id,
                                                          int revision) override;
  absl::Status ScanDocuments(const DocumentQuery& query,
                             const std::function<bool(const DocumentRow&)>& row) override;
  absl::StatusOr<std::optional<AnsweredRow>> FindAnswered(std::string_view agency,
                                                          std::string_view request_id) override;
  absl::StatusOr<EntryRow> ReadEntry(int64_t index) override;
  absl::Status ScanEntries(int64_t from, bool descending,
                           const std::function<bool(const EntryRow&)>& row) override;
  absl::StatusOr<int64_t> EntryCount() override;
  absl::StatusOr<std::optional<TileRow>> ReadTile(int level, int64_t index) override;
  absl::StatusOr<std::optional<CheckpointRow>> LatestCheckpoint() override;
  absl::StatusOr<std::optional<CheckpointRow>> CheckpointFrom(int64_t tree_size_min) override;

 private:
  struct Connections;
  explicit SqliteRecordStore(std::unique_ptr<Connections> connections);

  std::unique_ptr<Connections> connections_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_RECORD_STORE_H_

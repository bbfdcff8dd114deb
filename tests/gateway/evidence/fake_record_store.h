#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_FAKE_RECORD_STORE_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_FAKE_RECORD_STORE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "gateway/storage/record_store.h"
#include "tests/gateway/storage/document_shelf.h"

namespace tracegate {

// Records in memory, and a say in what becomes of each commit.
//
// Thread safety: as RecordStore.
class FakeRecordStore : public RecordStore {
 public:
  // Asked before each commit, outside any lock; anything but OK is what Commit returns. May block.
  std::function<absl::Status(const WriteBatch&)> before_commit;

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

  int commits() const;

 private:
  mutable absl::Mutex mutex_;
  std::vector<EntryRow> entries_;
  std::map<std::string, TraceRow> traces_;
  std::map<std::pair<int, int64_t>, std::string> tiles_;
  std::vector<CheckpointRow> checkpoints_;
  DocumentShelf documents_;
  int commits_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_FAKE_RECORD_STORE_H_

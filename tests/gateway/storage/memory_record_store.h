#ifndef TRACEGATE_TESTS_GATEWAY_STORAGE_MEMORY_RECORD_STORE_H_
#define TRACEGATE_TESTS_GATEWAY_STORAGE_MEMORY_RECORD_STORE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/storage/record_store.h"
#include "tests/gateway/storage/document_shelf.h"

namespace tracegate {

// Records in memory, for tests that need many stores or fast ones.
//
// Thread safety, errors: as RecordStore. Durability: none; what is here goes with the process.
class MemoryRecordStore : public RecordStore {
 public:
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

  // Every row, oldest first, and entries from `from`, without copies. `visit` does not come back here.
  void VisitTraces(const std::function<void(const TraceRow&)>& visit);
  void VisitEntries(int64_t from, const std::function<void(const EntryRow&)>& visit);

 protected:
  // What no store does, for tests of those who would notice: changes a row, or drops it, behind everybody's back.
  void AlterEntry(int64_t index, const std::function<void(EntryRow&)>& alter);
  void ForgetTrace(std::string_view trace_id);

 private:
  using RequestKey = std::pair<std::string, std::string>;  // agency, request_id

  int64_t size() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return static_cast<int64_t>(entries_.size());
  }
  absl::Status CheckLog(const WriteBatch& batch) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status CheckTraces(const WriteBatch& batch) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Erase(const Erasure& erasure) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  std::vector<EntryRow> entries_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, TraceRow, std::less<>> traces_ ABSL_GUARDED_BY(mutex_);
  std::map<RequestKey, std::string> by_request_ ABSL_GUARDED_BY(mutex_);
  std::map<std::pair<int, int64_t>, std::string> tiles_ ABSL_GUARDED_BY(mutex_);
  std::map<int64_t, std::string> checkpoints_ ABSL_GUARDED_BY(mutex_);
  DocumentShelf documents_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_STORAGE_MEMORY_RECORD_STORE_H_

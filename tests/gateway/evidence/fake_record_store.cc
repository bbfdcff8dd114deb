#include "tests/gateway/evidence/fake_record_store.h"

#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {

absl::Status FakeRecordStore::Commit(const WriteBatch& batch) {
  if (before_commit) {
    if (absl::Status verdict = before_commit(batch); !verdict.ok()) return verdict;
  }
  absl::MutexLock lock(&mutex_);
  std::map<std::string, TraceRow> traces = traces_;
  for (const TraceRow& row : batch.traces) {
    for (const auto& [id, other] : traces) {
      if (id != row.trace_id && other.agency == row.agency && other.request_id == row.request_id) {
        return Failure(v1::REASON_REQUEST_ID_REUSED, "another trace has it");
      }
    }
    traces[row.trace_id] = row;
  }
  auto next = static_cast<int64_t>(entries_.size());
  for (const EntryRow& row : batch.entries) {
    if (row.index != next++) return Failure(v1::REASON_LOG_DAMAGED, "does not follow");
  }
  for (const int64_t index : batch.erasure.entries) {
    if (index < 0 || index >= static_cast<int64_t>(entries_.size())) {
      return Failure(v1::REASON_ENTRY_NOT_FOUND, "no such entry to erase");
    }
  }
  if (absl::Status fits = documents_.Check(batch); !fits.ok()) return fits;
  for (const int64_t index : batch.erasure.entries) {
    entries_[static_cast<size_t>(index)].salt.clear();
    entries_[static_cast<size_t>(index)].content.clear();
    documents_.EraseOf(index);
  }
  documents_.Put(batch);
  for (const std::string& trace_id : batch.erasure.traces) {
    const auto found = traces.find(trace_id);
    if (found == traces.end() || found->second.open) continue;
    found->second.serial_number.clear();
    found->second.body.clear();
    found->second.reply_receipt.clear();
  }
  traces_ = std::move(traces);
  entries_.insert(entries_.end(), batch.entries.begin(), batch.entries.end());
  for (const TileRow& row : batch.tiles) tiles_[{row.level, row.index}] = row.hashes;
  for (const TileRow& row : batch.tiles_repaired) tiles_[{row.level, row.index}] = row.hashes;
  if (batch.checkpoint) checkpoints_.push_back(*batch.checkpoint);
  ++commits_;
  return absl::OkStatus();
}

absl::StatusOr<std::optional<TraceRow>> FakeRecordStore::FindTrace(std::string_view trace_id) {
  absl::MutexLock lock(&mutex_);
  const auto found = traces_.find(std::string(trace_id));
  if (found == traces_.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<std::optional<TraceRow>> FakeRecordStore::FindTraceByRequest(
    std::string_view agency, std::string_view request_id) {
  absl::MutexLock lock(&mutex_);
  for (const auto& [id, row] : traces_) {
    if (row.agency == agency && row.request_id == request_id) return row;
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<TraceRow>> FakeRecordStore::ListTraces(const TraceQuery& query) {
  absl::MutexLock lock(&mutex_);
  std::vector<TraceRow> rows;
  for (auto row = traces_.rbegin(); row != traces_.rend(); ++row) {
    if (static_cast<int>(rows.size()) < query.limit) rows.push_back(row->second);
  }
  return rows;
}

absl::StatusOr<std::vector<TraceRow>> FakeRecordStore::OpenTraces() {
  absl::MutexLock lock(&mutex_);
  std::vector<TraceRow> rows;
  for (const auto& [id, row] : traces_) {
    if (row.open) rows.push_back(row);
  }
  return rows;
}

absl::StatusOr<std::optional<DocumentRow>> FakeRecordStore::FindDocument(
    std::string_view document_id) {
  absl::MutexLock lock(&mutex_);
  return documents_.Find(document_id);
}

absl::StatusOr<std::optional<DocumentRow>> FakeRecordStore::FindRevision(
    std::string_view document_id, int revision) {
  absl::MutexLock lock(&mutex_);
  return documents_.Find(document_id, revision);
}

absl::Status FakeRecordStore::ScanDocuments(const DocumentQuery& query,
                                            const std::function<bool(const DocumentRow&)>& row) {
  std::vector<DocumentRow> rows;
  {
    absl::MutexLock lock(&mutex_);
    rows = documents_.Scan(query);
  }
  for (const DocumentRow& document : rows) {
    if (!row(document)) break;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<AnsweredRow>> FakeRecordStore::FindAnswered(
    std::string_view agency, std::string_view request_id) {
  absl::MutexLock lock(&mutex_);
  return documents_.FindAnswered(agency, request_id);
}

absl::StatusOr<EntryRow> FakeRecordStore::ReadEntry(int64_t index) {
  absl::MutexLock lock(&mutex_);
  if (index < 0 || index >= static_cast<int64_t>(entries_.size())) {
    return Failure(v1::REASON_ENTRY_NOT_FOUND, "no such entry");
  }
  return entries_[static_cast<size_t>(index)];
}

absl::Status FakeRecordStore::ScanEntries(int64_t from, bool descending,
                                          const std::function<bool(const EntryRow&)>& row) {
  for (int64_t index = from; true; index += descending ? -1 : 1) {
    const auto entry = ReadEntry(index);
    if (!entry.ok() || !row(*entry)) return absl::OkStatus();
  }
}

absl::StatusOr<int64_t> FakeRecordStore::EntryCount() {
  absl::MutexLock lock(&mutex_);
  return static_cast<int64_t>(entries_.size());
}

absl::StatusOr<std::optional<TileRow>> FakeRecordStore::ReadTile(int level, int64_t index) {
  absl::MutexLock lock(&mutex_);
  const auto found = tiles_.find({level, index});
  if (found == tiles_.end()) return std::nullopt;
  return TileRow{level, index, found->second};
}

absl::StatusOr<std::optional<CheckpointRow>> FakeRecordStore::LatestCheckpoint() {
  absl::MutexLock lock(&mutex_);
  if (checkpoints_.empty()) return std::nullopt;
  return checkpoints_.back();
}

absl::StatusOr<std::optional<CheckpointRow>> FakeRecordStore::CheckpointFrom(
    int64_t tree_size_min) {
  absl::MutexLock lock(&mutex_);
  for (const CheckpointRow& row : checkpoints_) {
    if (row.tree_size >= tree_size_min) return row;
  }
  return std::nullopt;
}

int FakeRecordStore::commits() const {
  absl::MutexLock lock(&mutex_);
  return commits_;
}

}  // namespace tracegate

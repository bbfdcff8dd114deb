#include "tests/gateway/storage/memory_record_store.h"

#include <algorithm>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool IsListed(const TraceRow& row, const TraceQuery& query) {
  const std::string& viewer = query.visible_to_state;
  if (!viewer.empty() && row.asking_state != viewer && row.asked_state != viewer) return false;
  if (!query.agency.empty() && row.agency != query.agency) return false;
  if (!query.serial_number.empty() && row.serial_number != query.serial_number) return false;
  if (!query.states.empty() && !std::ranges::count(query.states, row.state)) return false;
  // Only an incoming trace names the State asked.
  if (query.direction == v1::TRACE_DIRECTION_ASKED_BY_US) return row.asked_state.empty();
  if (query.direction == v1::TRACE_DIRECTION_ASKED_OF_US) return !row.asked_state.empty();
  return true;
}

}  // namespace

absl::Status MemoryRecordStore::Commit(const WriteBatch& batch) {
  absl::MutexLock lock(&mutex_);
  if (auto status = CheckLog(batch); !status.ok()) return status;
  if (auto status = CheckTraces(batch); !status.ok()) return status;
  if (auto status = documents_.Check(batch); !status.ok()) return status;
  Erase(batch.erasure);
  documents_.Put(batch);
  entries_.insert(entries_.end(), batch.entries.begin(), batch.entries.end());
  for (const TraceRow& row : batch.traces) {
    by_request_[{row.agency, row.request_id}] = row.trace_id;
    traces_[row.trace_id] = row;
  }
  for (const TileRow& row : batch.tiles) tiles_[{row.level, row.index}] = row.hashes;
  for (const TileRow& row : batch.tiles_repaired) tiles_[{row.level, row.index}] = row.hashes;
  if (batch.checkpoint) checkpoints_[batch.checkpoint->tree_size] = batch.checkpoint->note;
  return absl::OkStatus();
}

absl::Status MemoryRecordStore::CheckLog(const WriteBatch& batch) const {
  const auto damaged = [](const char* what) { return Failure(v1::REASON_LOG_DAMAGED, what); };
  int64_t next = size();
  for (const EntryRow& row : batch.entries) {
    if (row.index != next++) return damaged("an entry does not have the next index");
  }
  for (const TileRow& row : batch.tiles) {
    if (tiles_.contains({row.level, row.index})) return damaged("the tile is there already");
  }
  if (batch.checkpoint && checkpoints_.contains(batch.checkpoint->tree_size))
    return damaged("a checkpoint of that size is there already");
  for (const int64_t index : batch.erasure.entries) {
    if (index < 0 || index >= size())
      return Failure(v1::REASON_ENTRY_NOT_FOUND, "there is no such entry to erase");
  }
  return absl::OkStatus();
}

absl::Status MemoryRecordStore::CheckTraces(const WriteBatch& batch) const {
  std::map<RequestKey, std::string> in_batch;
  for (const TraceRow& row : batch.traces) {
    const RequestKey key{row.agency, row.request_id};
    const auto stored = by_request_.find(key);
    const auto [before, first] = in_batch.emplace(key, row.trace_id);
    if ((stored != by_request_.end() && stored->second != row.trace_id) ||
        (!first && before->second != row.trace_id)) {
      return Failure(v1::REASON_REQUEST_ID_REUSED, "another trace has this request_id");
    }
  }
  return absl::OkStatus();
}

void MemoryRecordStore::Erase(const Erasure& erasure) {
  for (const int64_t index : erasure.entries) {
    EntryRow& entry = entries_[static_cast<size_t>(index)];
    entry.salt.clear();
    entry.content.clear();
    documents_.EraseOf(index);
  }
  for (const std::string& trace_id : erasure.traces) {
    const auto found = traces_.find(trace_id);
    if (found == traces_.end() || found->second.open) continue;
    found->second.serial_number.clear();
    found->second.body.clear();
    found->second.reply_receipt.clear();
  }
}

absl::StatusOr<std::optional<TraceRow>> MemoryRecordStore::FindTrace(std::string_view trace_id) {
  absl::MutexLock lock(&mutex_);
  const auto found = traces_.find(trace_id);
  if (found == traces_.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<std::optional<TraceRow>> MemoryRecordStore::FindTraceByRequest(
    std::string_view agency, std::string_view request_id) {
  absl::MutexLock lock(&mutex_);
  const auto found = by_request_.find({std::string(agency), std::string(request_id)});
  if (found == by_request_.end()) return std::nullopt;
  return traces_.find(found->second)->second;
}

absl::StatusOr<std::vector<TraceRow>> MemoryRecordStore::ListTraces(const TraceQuery& query) {
  absl::MutexLock lock(&mutex_);
  std::vector<TraceRow> rows;
  for (auto at = traces_.rbegin(); at != traces_.rend(); ++at) {
    if (static_cast<int>(rows.size()) >= query.limit) break;
    if (!query.before_trace_id.empty() && at->first >= query.before_trace_id) continue;
    if (IsListed(at->second, query)) rows.push_back(at->second);
  }
  return rows;
}

absl::StatusOr<std::vector<TraceRow>> MemoryRecordStore::OpenTraces() {
  absl::MutexLock lock(&mutex_);
  std::vector<TraceRow> rows;
  for (const auto& [id, row] : traces_) {
    if (row.open) rows.push_back(row);
  }
  return rows;
}

absl::StatusOr<std::optional<DocumentRow>> MemoryRecordStore::FindDocument(
    std::string_view document_id) {
  absl::MutexLock lock(&mutex_);
  return documents_.Find(document_id);
}

absl::StatusOr<std::optional<DocumentRow>> MemoryRecordStore::FindRevision(
    std::string_view document_id, int revision) {
  absl::MutexLock lock(&mutex_);
  return documents_.Find(document_id, revision);
}

absl::Status MemoryRecordStore::ScanDocuments(const DocumentQuery& query,
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

absl::StatusOr<std::optional<AnsweredRow>> MemoryRecordStore::FindAnswered(
    std::string_view agency, std::string_view request_id) {
  absl::MutexLock lock(&mutex_);
  return documents_.FindAnswered(agency, request_id);
}

absl::StatusOr<EntryRow> MemoryRecordStore::ReadEntry(int64_t index) {
  absl::MutexLock lock(&mutex_);
  if (index < 0 || index >= size())
    return Failure(v1::REASON_ENTRY_NOT_FOUND, "there is no such entry");
  return entries_[static_cast<size_t>(index)];
}

absl::Status MemoryRecordStore::ScanEntries(int64_t from, bool descending,
                                            const std::function<bool(const EntryRow&)>& row) {
  if (descending) {
    absl::MutexLock lock(&mutex_);
    from = std::min(from, size() - 1);
  }
  // Entry by entry, so that `row` may read the store again.
  for (int64_t index = from; true; index += descending ? -1 : 1) {
    const auto entry = ReadEntry(index);
    if (!entry.ok() || !row(*entry)) return absl::OkStatus();
  }
}

absl::StatusOr<int64_t> MemoryRecordStore::EntryCount() {
  absl::MutexLock lock(&mutex_);
  return size();
}

absl::StatusOr<std::optional<TileRow>> MemoryRecordStore::ReadTile(int level, int64_t index) {
  absl::MutexLock lock(&mutex_);
  const auto found = tiles_.find({level, index});
  if (found == tiles_.end()) return std::nullopt;
  return TileRow{level, index, found->second};
}

absl::StatusOr<std::optional<CheckpointRow>> MemoryRecordStore::LatestCheckpoint() {
  absl::MutexLock lock(&mutex_);
  if (checkpoints_.empty()) return std::nullopt;
  return CheckpointRow{checkpoints_.rbegin()->first, checkpoints_.rbegin()->second};
}

absl::StatusOr<std::optional<CheckpointRow>> MemoryRecordStore::CheckpointFrom(
    int64_t tree_size_min) {
  absl::MutexLock lock(&mutex_);
  const auto found = checkpoints_.lower_bound(tree_size_min);
  if (found == checkpoints_.end()) return std::nullopt;
  return CheckpointRow{found->first, found->second};
}

void MemoryRecordStore::VisitTraces(const std::function<void(const TraceRow&)>& visit) {
  absl::MutexLock lock(&mutex_);
  for (const auto& [id, row] : traces_) visit(row);
}

void MemoryRecordStore::VisitEntries(int64_t from,
                                     const std::function<void(const EntryRow&)>& visit) {
  absl::MutexLock lock(&mutex_);
  for (int64_t index = from; index < size(); ++index) visit(entries_[static_cast<size_t>(index)]);
}

void MemoryRecordStore::AlterEntry(int64_t index, const std::function<void(EntryRow&)>& alter) {
  absl::MutexLock lock(&mutex_);
  alter(entries_[static_cast<size_t>(index)]);
}

void MemoryRecordStore::ForgetTrace(std::string_view trace_id) {
  absl::MutexLock lock(&mutex_);
  const auto found = traces_.find(trace_id);
  if (found == traces_.end()) return;
  by_request_.erase({found->second.agency, found->second.request_id});
  traces_.erase(found);
}

}  // namespace tracegate

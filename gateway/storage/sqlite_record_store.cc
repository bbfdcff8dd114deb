#include "gateway/storage/sqlite_record_store.h"

#include <utility>

#include "gateway/storage/file_lock.h"
#include "gateway/storage/sqlite_failure.h"
#include "gateway/storage/sqlite_reader_pool.h"
#include "gateway/storage/sqlite_schema.h"
#include "gateway/storage/sqlite_writer.h"
#include "gateway/storage/wal_checkpointer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kBlockRowsMax = 256;
constexpr size_t kBlockBytesMax = 1 << 20;

// A gateway that was killed between erasures may not have come to the last, which sweeps. What goes wrong here does not
// keep a store from being read; the next Open tries again.
void SweepErased(const std::string& file) {
  StoppingExceptions("sweep", [&] {
    SqliteWriter writer(file);
    return writer.HasErasedRows() ? writer.SweepRows() : absl::OkStatus();
  }).IgnoreError();
}

}  // namespace

// Closed in the reverse order: the writer after all others, so that nobody holds up its last
// checkpoint; the lock last of all.
struct SqliteRecordStore::Connections {
  Connections(std::unique_ptr<FileLock> held, const Options& options)
      : lock(std::move(held)),
        writer(options.file),
        readers(std::make_unique<SqliteReaderPool>(options.file, options.readers)),
        checkpointer(std::make_unique<WalCheckpointer>(options.file, options.wal_frames)) {}

  ~Connections() {
    checkpointer.reset();
    readers.reset();
    // Where it fails, the write-ahead log stays and the next Open reads it.
    StoppingExceptions("close", [this] {
      writer.TruncateWal();
      return absl::OkStatus();
    }).IgnoreError();
  }

  std::unique_ptr<FileLock> lock;
  SqliteWriter writer;
  std::unique_ptr<SqliteReaderPool> readers;
  std::unique_ptr<WalCheckpointer> checkpointer;
};

absl::StatusOr<std::unique_ptr<SqliteRecordStore>> SqliteRecordStore::Open(const Options& options) {
  auto lock = FileLock::Acquire(options.file);
  if (!lock.ok()) return lock.status();
  if (absl::Status ready = PrepareStoreFile(options.file); !ready.ok()) return ready;
  return StoppingExceptions(
      "open " + options.file, [&]() -> absl::StatusOr<std::unique_ptr<SqliteRecordStore>> {
        SweepErased(options.file);
        auto connections = std::make_unique<Connections>(*std::move(lock), options);
        return std::unique_ptr<SqliteRecordStore>(new SqliteRecordStore(std::move(connections)));
      });
}

SqliteRecordStore::SqliteRecordStore(std::unique_ptr<Connections> connections)
    : connections_(std::move(connections)) {}

SqliteRecordStore::~SqliteRecordStore() = default;

absl::Status SqliteRecordStore::Commit(const WriteBatch& batch) {
  SqliteWriter& writer = connections_->writer;
  absl::Status committed = writer.Commit(batch);
  if (connections_->checkpointer->NoteFrames(writer.wal_frames())) writer.RestartWal();
  return committed;
}

absl::StatusOr<std::optional<TraceRow>> SqliteRecordStore::FindTrace(std::string_view trace_id) {
  return StoppingExceptions("read a trace", [&]() -> absl::StatusOr<std::optional<TraceRow>> {
    return connections_->readers->Lend(
        [&](SqliteReader& reader) { return reader.FindTrace(trace_id); });
  });
}

absl::StatusOr<std::optional<TraceRow>> SqliteRecordStore::FindTraceByRequest(
    std::string_view agency, std::string_view request_id) {
  return StoppingExceptions("read a trace", [&]() -> absl::StatusOr<std::optional<TraceRow>> {
    return connections_->readers->Lend(
        [&](SqliteReader& reader) { return reader.FindTraceByRequest(agency, request_id); });
  });
}

absl::StatusOr<std::vector<TraceRow>> SqliteRecordStore::ListTraces(const TraceQuery& query) {
  return StoppingExceptions("list traces", [&]() -> absl::StatusOr<std::vector<TraceRow>> {
    return connections_->readers->Lend(
        [&](SqliteReader& reader) { return reader.ListTraces(query); });
  });
}

absl::StatusOr<std::vector<TraceRow>> SqliteRecordStore::OpenTraces() {
  return StoppingExceptions("list open traces", [&]() -> absl::StatusOr<std::vector<TraceRow>> {
    return connections_->readers->Lend([](SqliteReader& reader) { return reader.OpenTraces(); });
  });
}

absl::StatusOr<std::optional<DocumentRow>> SqliteRecordStore::FindDocument(
    std::string_view document_id) {
  return StoppingExceptions("read a document", [&]() -> absl::StatusOr<std::optional<DocumentRow>> {
    return connections_->readers->Lend(
        [&](SqliteReader& reader) { return reader.documents().Find(document_id); });
  });
}

absl::StatusOr<std::optional<DocumentRow>> SqliteRecordStore::FindRevision(
    std::string_view document_id, int revision) {
  return StoppingExceptions("read a document", [&]() -> absl::StatusOr<std::optional<DocumentRow>> {
    return connections_->readers->Lend(
        [&](SqliteReader& reader) { return reader.documents().Find(document_id, revision); });
  });
}

absl::Status SqliteRecordStore::ScanDocuments(const DocumentQuery& query,
                                              const std::function<bool(const DocumentRow&)>& row) {
  DocumentQuery rest = query;
  while (true) {
    auto block =
        StoppingExceptions("read documents", [&]() -> absl::StatusOr<std::vector<DocumentRow>> {
          return connections_->readers->Lend([&](SqliteReader& reader) {
            return reader.documents().Scan(rest, kBlockRowsMax, kBlockBytesMax);
          });
        });
    if (!block.ok()) return block.status();
    if (block->empty()) return absl::OkStatus();
    for (const DocumentRow& document : *block) {
      if (!row(document)) return absl::OkStatus();
    }
    rest.beyond_id = block->back().document_id;
  }
}

absl::StatusOr<std::optional<AnsweredRow>> SqliteRecordStore::FindAnswered(
    std::string_view agency, std::string_view request_id) {
  return StoppingExceptions("read a reply", [&]() -> absl::StatusOr<std::optional<AnsweredRow>> {
    return connections_->readers->Lend(
        [&](SqliteReader& reader) { return reader.documents().FindAnswered(agency, request_id); });
  });
}

absl::StatusOr<EntryRow> SqliteRecordStore::ReadEntry(int64_t index) {
  return StoppingExceptions("read an entry", [&]() -> absl::StatusOr<EntryRow> {
    return connections_->readers->Lend([&](SqliteReader& reader) -> absl::StatusOr<EntryRow> {
      std::optional<EntryRow> entry = reader.ReadEntry(index);
      if (entry) return *std::move(entry);
      if (index >= 0 && index < reader.EntryCount()) {
        return Failure(v1::REASON_LOG_DAMAGED, "entry " + std::to_string(index) + " is missing");
      }
      return Failure(v1::REASON_ENTRY_NOT_FOUND, "no entry " + std::to_string(index));
    });
  });
}

absl::Status SqliteRecordStore::ScanEntries(int64_t from, bool descending,
                                            const std::function<bool(const EntryRow&)>& row) {
  while (true) {
    auto block = StoppingExceptions("read entries", [&]() -> absl::StatusOr<std::vector<EntryRow>> {
      return connections_->readers->Lend([&](SqliteReader& reader) {
        return reader.ReadEntries(from, descending, kBlockRowsMax, kBlockBytesMax);
      });
    });
    if (!block.ok()) return block.status();
    if (block->empty()) return absl::OkStatus();
    for (const EntryRow& entry : *block) {
      if (!row(entry)) return absl::OkStatus();
    }
    from = block->back().index + (descending ? -1 : 1);
  }
}

absl::StatusOr<int64_t> SqliteRecordStore::EntryCount() {
  return StoppingExceptions("count entries", [&]() -> absl::StatusOr<int64_t> {
    return connections_->readers->Lend([](SqliteReader& reader) { return reader.EntryCount(); });
  });
}

absl::StatusOr<std::optional<TileRow>> SqliteRecordStore::ReadTile(int level, int64_t index) {
  return StoppingExceptions("read a tile", [&]() -> absl::StatusOr<std::optional<TileRow>> {
    return connections_->readers->Lend(
        [&](SqliteReader& reader) { return reader.ReadTile(level, index); });
  });
}

absl::StatusOr<std::optional<CheckpointRow>> SqliteRecordStore::LatestCheckpoint() {
  return StoppingExceptions("read a checkpoint",
                            [&]() -> absl::StatusOr<std::optional<CheckpointRow>> {
                              return connections_->readers->Lend(
                                  [](SqliteReader& reader) { return reader.LatestCheckpoint(); });
                            });
}

absl::StatusOr<std::optional<CheckpointRow>> SqliteRecordStore::CheckpointFrom(
    int64_t tree_size_min) {
  return StoppingExceptions(
      "read a checkpoint", [&]() -> absl::StatusOr<std::optional<CheckpointRow>> {
        return connections_->readers->Lend(
            [&](SqliteReader& reader) { return reader.CheckpointFrom(tree_size_min); });
      });
}

}  // namespace tracegate

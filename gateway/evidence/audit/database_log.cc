#include "gateway/evidence/audit/database_log.h"

#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate::audit {

absl::StatusOr<std::unique_ptr<DatabaseLog>> DatabaseLog::Open(const std::string& file) {
  auto opened = SqliteLogFile::Open(file);
  if (!opened.ok()) return opened.status();
  return std::unique_ptr<DatabaseLog>(new DatabaseLog(*std::move(opened)));
}

absl::StatusOr<std::optional<SourceCheckpoint>> DatabaseLog::NextCheckpoint() {
  auto row = file_->NextCheckpoint();
  if (!row.ok()) return row.status();
  if (!*row) return std::optional<SourceCheckpoint>();
  return SourceCheckpoint{(*row)->tree_size, std::move((*row)->note)};
}

absl::StatusOr<std::optional<SourceEntry>> DatabaseLog::NextEntry() {
  auto row = file_->NextEntry();
  if (!row.ok()) return row.status();
  if (!*row) return std::optional<SourceEntry>();
  row_ = **std::move(row);
  return SourceEntry{row_.index, row_.header, row_.salt, row_.content};
}

absl::StatusOr<std::string> DatabaseLog::Tile(int level, uint64_t number, int width) {
  return Failure(v1::REASON_INTERNAL, "a database keeps no tile " + std::to_string(level) + "/" +
                                          std::to_string(number) + " of " + std::to_string(width));
}

}  // namespace tracegate::audit

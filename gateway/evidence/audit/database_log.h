#ifndef TRACEGATE_GATEWAY_EVIDENCE_AUDIT_DATABASE_LOG_H_
#define TRACEGATE_GATEWAY_EVIDENCE_AUDIT_DATABASE_LOG_H_

#include <memory>
#include <optional>
#include <string>

#include "gateway/evidence/audit/log_source.h"
#include "gateway/storage/sqlite_log_file.h"

namespace tracegate::audit {

// A log in a record store's file, with every checkpoint that it kept; no tiles. What may be read, and what of a gateway
// that is running is seen: gateway/storage/sqlite_log_file.h.
class DatabaseLog : public LogSource {
 public:
  // Errors: as SqliteLogFile::Open.
  static absl::StatusOr<std::unique_ptr<DatabaseLog>> Open(const std::string& file);

  absl::StatusOr<std::optional<SourceCheckpoint>> NextCheckpoint() override;
  absl::StatusOr<std::optional<SourceEntry>> NextEntry() override;
  bool has_contents() const override { return true; }
  bool may_withhold() const override { return false; }
  bool has_tiles() const override { return false; }
  uint64_t tiles_size() const override { return 0; }
  absl::StatusOr<std::string> Tile(int level, uint64_t number, int width) override;

 private:
  explicit DatabaseLog(std::unique_ptr<SqliteLogFile> file) : file_(std::move(file)) {}

  const std::unique_ptr<SqliteLogFile> file_;
  EntryRow row_;
};

}  // namespace tracegate::audit

#endif  // TRACEGATE_GATEWAY_EVIDENCE_AUDIT_DATABASE_LOG_H_

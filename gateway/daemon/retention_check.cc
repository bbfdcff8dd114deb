#include "gateway/daemon/retention_check.h"

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "gateway/evidence/retention/lengthening.h"
#include "gateway/storage/sqlite_log_file.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status CheckAgainst(const absl::StatusOr<std::optional<config::v1::Retention>>& former,
                          const config::v1::Retention& next) {
  if (!former.ok()) return former.status();
  return *former ? CheckNotShortened(**former, next) : absl::OkStatus();
}

}  // namespace

absl::Status CheckRetentionKept(const Configuration& configuration, RecordStore* store) {
  const auto size = store->EntryCount();
  if (!size.ok()) return size.status();
  return CheckAgainst(
      NewestRecordedRetention(*size, [store](int64_t index) { return store->ReadEntry(index); }),
      configuration.proto.retention());
}

absl::Status CheckRetentionKept(const Configuration& configuration) {
  const std::string& path = configuration.proto.storage().sqlite().file();
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return absl::OkStatus();
  const auto file = SqliteLogFile::Open(path);
  if (!file.ok()) return file.status();
  return CheckAgainst(
      NewestRecordedRetention((*file)->size(),
                              [&](int64_t index) -> absl::StatusOr<EntryRow> {
                                auto entry = (*file)->ReadEntry(index);
                                if (!entry.ok()) return entry.status();
                                if (*entry) return **std::move(entry);
                                return Failure(v1::REASON_LOG_DAMAGED,
                                               "entry " + std::to_string(index) + " is missing");
                              }),
      configuration.proto.retention());
}

}  // namespace tracegate

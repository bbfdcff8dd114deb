#include "gateway/storage/sqlite_failure.h"

#include <sqlite3.h>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

v1::Reason ReasonOf(const SQLite::Exception& exception) {
  switch (exception.getErrorCode()) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return v1::REASON_LOG_DAMAGED;
    case SQLITE_CONSTRAINT:
      // The UNIQUEs that are no primary keys are (agency, request_id).
      return exception.getExtendedErrorCode() == SQLITE_CONSTRAINT_UNIQUE
                 ? v1::REASON_REQUEST_ID_REUSED
                 : v1::REASON_LOG_DAMAGED;
    default: return v1::REASON_RECORD_NOT_DURABLE;
  }
}

}  // namespace

absl::Status SqliteFailure(const SQLite::Exception& exception, std::string_view doing) {
  const v1::Reason reason = ReasonOf(exception);
  if (reason == v1::REASON_REQUEST_ID_REUSED) {
    return Failure(reason, "another request of this agency has that request_id");
  }
  return Failure(reason, "record store could not " + std::string(doing) + ": " + exception.what() +
                             " (SQLite " + std::to_string(exception.getExtendedErrorCode()) + ")");
}

absl::Status StoreFileFailure(std::string_view file, std::string_view what) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, "storage.sqlite.file",
                      std::string(file) + " " + std::string(what));
}

}  // namespace tracegate

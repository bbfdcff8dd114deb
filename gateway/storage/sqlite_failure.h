#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_FAILURE_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_FAILURE_H_

#include <string>
#include <string_view>
#include <utility>

#include "SQLiteCpp/Exception.h"
#include "absl/status/status.h"

namespace tracegate {

// What SQLite said, as this room's failure. `doing` is for people: "commit", "read a trace".
//   corrupt or not a database, an index that was there already -> DATA_LOSS (LOG_DAMAGED)
//   another trace with the same agency and request id          -> ALREADY_EXISTS (REQUEST_ID_REUSED)
//   anything else: disk full, I/O error, locked, no memory     -> UNAVAILABLE (RECORD_NOT_DURABLE)
absl::Status SqliteFailure(const SQLite::Exception& exception, std::string_view doing);

// FAILED_PRECONDITION (CONFIG_INVALID) about the configured file: "<file> <what>".
absl::Status StoreFileFailure(std::string_view file, std::string_view what);

// Where the driver's exceptions stop: runs `body`, which returns a Status or StatusOr.
template <typename Body>
auto StoppingExceptions(std::string_view doing, Body&& body) -> decltype(body()) {
  try {
    return std::forward<Body>(body)();
  } catch (const SQLite::Exception& exception) {
    return SqliteFailure(exception, doing);
  }
}

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_FAILURE_H_

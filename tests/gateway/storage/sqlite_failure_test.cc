#include "gateway/storage/sqlite_failure.h"

#include <sqlite3.h>

#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

v1::Reason ReasonFor(int code) {
  return DetailOf(SqliteFailure(SQLite::Exception("said", code), "commit")).reason();
}

TEST(SqliteFailure, IsDamageOnlyWhereTheFileIsWrong) {
  EXPECT_EQ(ReasonFor(SQLITE_CORRUPT), v1::REASON_LOG_DAMAGED);
  EXPECT_EQ(ReasonFor(SQLITE_NOTADB), v1::REASON_LOG_DAMAGED);
  for (const int code : {SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY, SQLITE_READONLY, SQLITE_NOMEM}) {
    EXPECT_EQ(ReasonFor(code), v1::REASON_RECORD_NOT_DURABLE) << code;
  }
}

TEST(SqliteFailure, SaysWhatWasBeingDone) {
  const absl::Status status =
      SqliteFailure(SQLite::Exception("disk is full", SQLITE_FULL), "commit");
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(status.message(), "record store could not commit: disk is full (SQLite -1)");
}

}  // namespace
}  // namespace tracegate

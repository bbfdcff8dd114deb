#ifndef TRACEGATE_ADAPTERS_SQL_REGISTRY_FILE_H_
#define TRACEGATE_ADAPTERS_SQL_REGISTRY_FILE_H_

#include <sqlite3.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "adapters/mapping/mapping.h"
#include "adapters/sql/query_text.h"

namespace tracegate {

// A value that is looked for. Text must outlive the call.
using QueryValue = std::variant<std::string_view, int64_t>;

// One read-only connection to somebody else's SQLite database.
//
// It opens when it is first needed, and again after a failure, and when the file at the path is another one
// than was opened: a registry that was missing, or was put in place anew, is back without a restart.
// Questions are prepared once per connection.
//
// Thread safety: none: one thread at a time.
//
// Errors: UNAVAILABLE (REGISTRY_UNAVAILABLE: missing, unreadable, no database; REGISTRY_BUSY: locked until the
// call's time was up), FAILED_PRECONDITION (REGISTRY_MISMATCH: no such table or column), DEADLINE_EXCEEDED,
// CANCELLED. None names the file.
class RegistryFile {
 public:
  // `mapping` outlives this.
  RegistryFile(std::string registry, std::string path, const Mapping* mapping);
  ~RegistryFile();

  RegistryFile(const RegistryFile&) = delete;
  RegistryFile& operator=(const RegistryFile&) = delete;

  // One call to the registry: opens the file where needed, and holds everything asked until it ends to the
  // watch. With `snapshot`, all questions see the database at one moment.
  class Call {
   public:
    static absl::StatusOr<Call> Begin(RegistryFile* file, const CallWatch* watch, bool snapshot);
    Call(Call&& other) noexcept;
    Call& operator=(Call&&) = delete;
    ~Call();

    // At most `rows_max` rows, each with the columns of the question's table. Values are cut at 8 KiB,
    // which is past what a record carries.
    absl::StatusOr<std::vector<SourceRow>> Ask(const QueryKey& key,
                                               const std::vector<QueryValue>& values,
                                               size_t rows_max);

    // OK where the question fits the database's schema.
    absl::Status Check(const QueryKey& key);

   private:
    explicit Call(RegistryFile* file) : file_(file) {}

    RegistryFile* file_;
    bool in_snapshot_ = false;
  };

 private:
  struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

  absl::Status OpenIfNeeded();
  absl::Status Open();
  void Close();
  int Prepare(std::string_view sql, Statement* statement);
  absl::StatusOr<sqlite3_stmt*> Prepared(const QueryKey& key);
  // What a SQLite result code means to the caller. Closes what cannot be trusted any more.
  absl::Status FailureOf(int code);
  absl::Status Unavailable(std::string_view why) const;
  static int OnProgress(void* self);
  static int OnBusy(void* self, int tries);

  const std::string registry_;
  const std::string path_;
  const Mapping* const mapping_;
  const CallWatch* watch_ = nullptr;  // of the call that runs

  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::map<QueryKey, Statement> statements_;
  Statement begin_, end_;  // of a snapshot
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_REGISTRY_FILE_H_

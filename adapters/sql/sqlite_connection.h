#ifndef TRACEGATE_ADAPTERS_SQL_SQLITE_CONNECTION_H_
#define TRACEGATE_ADAPTERS_SQL_SQLITE_CONNECTION_H_

#include <sqlite3.h>
#include <sys/types.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "adapters/mapping/mapping.h"
#include "adapters/sql/query_text.h"
#include "adapters/sql/registry_connection.h"
#include "adapters/sql/sqlite_dialect.h"

namespace tracegate {

// One read-only connection to somebody else's SQLite database.
//
// It opens anew when the file at the path is another one than was opened: a registry that was put in place anew is seen
// without a restart. Questions are prepared once per connection.
//
// Thread safety, errors: as RegistryConnection.
class SqliteConnection : public RegistryConnection {
 public:
  // `mapping` outlives this.
  SqliteConnection(std::string registry, const std::string& path, const Mapping* mapping);
  ~SqliteConnection() override;

  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

 protected:
  absl::Status Begin(const CallWatch* watch, bool snapshot) override;
  absl::StatusOr<std::vector<SourceRow>> Ask(const QueryKey& key,
                                             const std::vector<QueryValue>& values,
                                             size_t rows_max) override;
  absl::Status Check(const QueryKey& key) override { return Prepared(key).status(); }
  void End() override;

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
  absl::Status Mismatch();
  static int OnProgress(void* self);
  static int OnBusy(void* self, int tries);

  const std::string registry_;
  const std::string path_;
  const Mapping* const mapping_;
  const SqliteDialect dialect_;
  const CallWatch* watch_ = nullptr;  // of the call that runs
  bool in_snapshot_ = false;

  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::map<QueryKey, Statement> statements_;
  Statement begin_, end_;  // of a snapshot
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_SQLITE_CONNECTION_H_

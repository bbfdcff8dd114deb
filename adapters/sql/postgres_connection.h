#ifndef TRACEGATE_ADAPTERS_SQL_POSTGRES_CONNECTION_H_
#define TRACEGATE_ADAPTERS_SQL_POSTGRES_CONNECTION_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/sql/postgres_dialect.h"
#include "adapters/sql/postgres_session.h"
#include "adapters/sql/registry_connection.h"

namespace tracegate {

// Questions to somebody else's PostgreSQL, each prepared once in a session.
//
// A call that is over while the server works ends the session. One that was lost between calls is opened anew without
// anybody noticing; one that is lost in a call fails it.
//
// Thread safety, errors: as RegistryConnection.
class PostgresConnection : public RegistryConnection {
 public:
  struct Options {
    std::string registry;  // its name, for messages
    std::string where;     // connection string
    absl::Duration timeout;
    const Mapping* mapping = nullptr;  // outlives the connection
  };

  // OK where it is a connection string, without a password. Errors: CONFIG_INVALID for `sql.postgresql`.
  static absl::Status CheckWhere(const std::string& where);

  explicit PostgresConnection(Options options) : options_(std::move(options)) {}

 protected:
  absl::Status Begin(const CallWatch* watch, bool snapshot) override;
  absl::StatusOr<std::vector<SourceRow>> Ask(const QueryKey& key,
                                             const std::vector<QueryValue>& values,
                                             size_t rows_max) override;
  absl::Status Check(const QueryKey& key) override { return Prepared(key).status(); }
  void End() override;

 private:
  struct Statement {
    std::string name;
    std::vector<Oid> types;  // what the server takes each parameter for
  };

  absl::Status OpenIfNeeded();
  void Close();
  // The result where it succeeded; else why not, and where the session is of no use any more it is closed.
  absl::StatusOr<PostgresResult> Judged(absl::StatusOr<PostgresResult> result);
  absl::Status Mismatch(const std::string& said);
  absl::StatusOr<const Statement*> Prepared(const QueryKey& key);
  // The text of a parameter; nothing where no cell can hold it, which SQL's NULL says as well.
  std::optional<std::string> ParameterText(const QueryValue& value, Oid type) const;

  const Options options_;
  const PostgresDialect dialect_;
  const CallWatch* watch_ = nullptr;  // of the call that runs
  bool in_snapshot_ = false;

  std::unique_ptr<PostgresSession> session_;
  std::map<QueryKey, Statement> statements_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_POSTGRES_CONNECTION_H_

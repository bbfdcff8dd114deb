#ifndef TRACEGATE_ADAPTERS_SQL_POSTGRES_CONNECTION_H_
#define TRACEGATE_ADAPTERS_SQL_POSTGRES_CONNECTION_H_

#include <libpq-fe.h>

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
#include "adapters/sql/registry_connection.h"

namespace tracegate {

// One read-only session with somebody else's PostgreSQL.
//
// Nothing here waits in libpq: it sends, and waits for the socket and for the call's end. A call that ends while the
// server works closes the session, and the server ends the statement: from version 14 on within a second, always once
// `timeout` is up. A session that was lost between calls is opened anew without anybody noticing.
//
// Text travels as UTF-8, whatever the database stores; where the mapping names a character set, as the bytes it stores.
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
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Clear>;

  struct Statement {
    std::string name;
    std::vector<Oid> types;  // what the server takes each parameter for
  };

  absl::Status OpenIfNeeded();
  absl::Status Connect();
  absl::Status SetUp();
  void Close();
  // Until the socket is ready for `events` of poll, or the call is over.
  absl::Status WaitFor(short events);
  // The last result of what was sent, a failed one before others; none where the session broke.
  absl::StatusOr<Result> Receive();
  // The same, of what succeeded; `sent` is what libpq said of sending it.
  absl::StatusOr<Result> Answer(int sent);
  absl::StatusOr<Result> Run(const std::string& sql);
  absl::StatusOr<const Statement*> Prepared(const QueryKey& key);
  absl::Status FailureOf(const PGresult* result);
  absl::Status Mismatch(const std::string& said);
  // The text of a parameter; nothing where no cell can hold it, which SQL's NULL says as well.
  std::optional<std::string> ParameterText(const QueryValue& value, Oid type) const;

  const Options options_;
  const PostgresDialect dialect_;
  const CallWatch* watch_ = nullptr;  // of the call that runs
  bool in_snapshot_ = false;

  std::unique_ptr<PGconn, Finish> session_;
  CharacterSet stored_in_;  // UTF-8 where that is not known
  std::map<QueryKey, Statement> statements_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_POSTGRES_CONNECTION_H_

#ifndef TRACEGATE_ADAPTERS_SQL_POSTGRES_SESSION_H_
#define TRACEGATE_ADAPTERS_SQL_POSTGRES_SESSION_H_

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/call_watch.h"
#include "adapters/mapping/character_set.h"

namespace tracegate {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

bool Succeeded(const PostgresResult& result);
// Empty where it succeeded, or the session broke.
std::string SqlStateOf(const PostgresResult& result);

// A read-only session with a PostgreSQL that nobody waits for inside libpq: it sends, and waits for the socket and for the
// call's end.
//
// Thread safety: none. Lifetime: a session that returned an error is of no use any more; ending it has the server end
// what it does, from version 14 on within a second, always once `timeout` is up.
//
// Errors of all methods: DEADLINE_EXCEEDED, CANCELLED. A result tells its own failure.
class PostgresSession {
 public:
  struct Options {
    std::string registry;  // its name, for messages
    std::string where;     // connection string
    // Text travels as the bytes that are stored, else as UTF-8.
    bool bytes_as_stored = false;
    absl::Duration timeout;  // of each statement
  };

  // Also REGISTRY_UNAVAILABLE.
  static absl::StatusOr<std::unique_ptr<PostgresSession>> Open(const Options& options,
                                                               const CallWatch& watch);

  // Whether the server has ended it in the meantime.
  bool Ended() const;

  absl::StatusOr<PostgresResult> Run(const std::string& sql, const CallWatch& watch);
  absl::StatusOr<PostgresResult> Prepare(const std::string& name, const std::string& sql,
                                         const CallWatch& watch);
  // Tells what types its parameters have.
  absl::StatusOr<PostgresResult> Describe(const std::string& name, const CallWatch& watch);
  // A null is SQL's NULL.
  absl::StatusOr<PostgresResult> Execute(const std::string& name,
                                         const std::vector<const char*>& parameters,
                                         const CallWatch& watch);

  // What the database stores text in; UTF-8 where that is not known.
  const CharacterSet& stored_in() const { return stored_in_; }

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  explicit PostgresSession(PGconn* connection) : connection_(connection) {}

  absl::Status Connect(const std::string& registry, const CallWatch& watch);
  absl::Status SetUp(const Options& options, const CallWatch& watch);
  // Until the socket is ready for `events` of poll, or the call is over.
  absl::Status WaitFor(short events, const CallWatch& watch) const;
  // The last result of what was sent, a failed one before others; none where the session broke. `sent` is what libpq
  // said of sending it.
  absl::StatusOr<PostgresResult> Receive(int sent, const CallWatch& watch);

  const std::unique_ptr<PGconn, Finish> connection_;
  CharacterSet stored_in_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_POSTGRES_SESSION_H_

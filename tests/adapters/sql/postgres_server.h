#ifndef TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_SERVER_H_
#define TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_SERVER_H_

#include <libpq-fe.h>
#include <sys/types.h>

#include <memory>
#include <string>

namespace tracegate {

// A PostgreSQL of the test's own: a new cluster in a folder that goes with it, on a Unix socket there.
class PostgresServer {
 public:
  // The one that the tests of a program share; each makes its own database in it.
  static PostgresServer& Shared();

  PostgresServer();
  ~PostgresServer();

  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // A connection string for its administrator, or a role.
  std::string Where(const std::string& database, const std::string& role = "owner") const;
  const std::string& folder() const { return folder_; }

  // Runs statements as the administrator.
  void Run(const std::string& database, const std::string& sql);
  // The first value of the first row.
  std::string Ask(const std::string& database, const std::string& sql);

  // Until it takes connections, or has ended.
  void Start();
  void Stop();
  // No session gets what another one held.
  void StopAtOnce();

 private:
  void End(int signal);
  pid_t Spawn(const std::string& program, const std::string& words) const;

  std::string folder_;
  pid_t server_ = -1;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_SQL_POSTGRES_SERVER_H_

#include "tests/adapters/sql/postgres_server.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"
#include "tests/adapters/sql/postgres_programs.h"

namespace tracegate {

namespace fs = std::filesystem;

PostgresServer& PostgresServer::Shared() {
  static PostgresServer server;
  return server;
}

PostgresServer::PostgresServer() {
  // A socket's path has to be short, and the server's user has to reach it.
  folder_ = (fs::temp_directory_path() / "tracegate_pg.XXXXXX").string();
  if (mkdtemp(folder_.data()) == nullptr) ADD_FAILURE() << "no folder for a server";
  if (const passwd* user = PostgresUser(); user != nullptr) {
    EXPECT_EQ(chown(folder_.c_str(), user->pw_uid, user->pw_gid), 0);
  }
  int status = -1;
  waitpid(Spawn("initdb", "-U owner -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions"),
          &status, 0);
  EXPECT_EQ(status, 0) << "initdb failed: is postgresql installed?";
  Start();
}

PostgresServer::~PostgresServer() {
  Stop();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

pid_t PostgresServer::Spawn(const std::string& program, const std::string& words) const {
  const std::string command = "exec " + PostgresProgramFolder() + program + " -D " + folder_ +
                              "/data " + words + " >" + folder_ + "/" + program +
                              ".log 2>&1 </dev/null";
  const pid_t child = fork();
  if (child != 0) return child;
  BecomePostgresUser();
  if (chdir("/") != 0) _exit(126);
  execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
  _exit(127);
}

void PostgresServer::Start() {
  server_ = Spawn("postgres", "-k " + folder_ +
                                  " -c listen_addresses= -c fsync=off -c shared_buffers=16MB "
                                  "-c max_connections=40 -c autovacuum=off");
  for (int tries = 0; tries < 600; ++tries) {
    if (PQping(Where("postgres").c_str()) == PQPING_OK) return;
    absl::SleepFor(absl::Milliseconds(50));
  }
  ADD_FAILURE() << "the server does not start: "
                << std::ifstream(folder_ + "/postgres.log").rdbuf();
}

void PostgresServer::Stop() { End(SIGINT); }

void PostgresServer::StopAtOnce() { End(SIGQUIT); }

void PostgresServer::End(int signal) {
  if (server_ <= 0) return;
  kill(server_, signal);
  waitpid(server_, nullptr, 0);
  server_ = -1;
}

std::string PostgresServer::Where(const std::string& database, const std::string& role) const {
  return "host=" + folder_ + " dbname=" + database + " user=" + role;
}

void PostgresServer::Run(const std::string& database, const std::string& sql) {
  Ask(database, sql);
}

std::string PostgresServer::Ask(const std::string& database, const std::string& sql) {
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(Where(database).c_str()),
                                                              &PQfinish);
  PQsetClientEncoding(connection.get(), "UTF8");
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()),
                                                              &PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
      << PQerrorMessage(connection.get()) << " in " << sql;
  return status == PGRES_TUPLES_OK && PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0)
                                                                  : "";
}

}  // namespace tracegate

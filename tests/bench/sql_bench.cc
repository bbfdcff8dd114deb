// What a look-up through the adapter costs beside the bare driver: serial numbers at random, by sqlite3 and by libpq with a
// prepared statement, and through SqlAdapter with its thread, mapping and record; one caller, then several at once. Rounds
// of both take turns. Prints figures; asserts nothing.
//
//   sql_bench [ROWS [LOOKUPS_PER_ROUND [ROUNDS]]]
//
// Rows are written in one statement, the index behind them: 10^7 of them need 3 GB of the temporary folder.

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "adapters/sql/sql_adapter.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/sql/postgres_server.h"
#include "tests/bench/look_up_trial.h"

namespace tracegate {
namespace {

constexpr int kCallersAtOnce = 4;
constexpr char kYaml[] = R"yaml(
source: weapon
record_number: id
serial_search: {column: sn}
fields:
  - {column: make, to: firearm.manufacturer}
  - {column: model, to: firearm.model}
  - {column: calibre, to: firearm.calibre}
)yaml";
constexpr char kTable[] =
    "CREATE TABLE weapon (id INTEGER, sn TEXT, make TEXT, model TEXT, calibre TEXT)";
constexpr char kColumns[] = "SELECT id, sn, make, model, calibre FROM weapon WHERE sn = ";

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "sql_bench: %s\n", why.c_str());
  std::exit(1);
}

LookUp ThroughAdapter(SqlAdapter* adapter) {
  return [adapter](const std::string& serial) {
    adapter::v1::FindRequest request;
    request.add_serial_spellings(serial);
    request.set_candidates_max(20);
    std::promise<bool> found;
    adapter->Find({}, std::move(request), [&](const auto& answer) {
      found.set_value(answer.ok() && answer->records().records_size() == 1);
    });
    return found.get_future().get();
  };
}

void Compare(LookUpTrial trial, const LookUpSource& bare, const config::v1::SqlRegistry& source) {
  for (const int callers : {1, kCallersAtOnce}) {
    trial.callers = callers;
    auto adapter = SqlAdapter::Open({"bench", "BR", source, MappingOf(kYaml), callers});
    if (!adapter.ok()) Fail(adapter.status().ToString());
    CompareLookUps(trial, bare, [&] { return ThroughAdapter(adapter->get()); });
  }
}

void SayWritten(const std::string& name, absl::Time start) {
  std::printf("%-9s written in %.0f s\n", name.c_str(), absl::ToDoubleSeconds(absl::Now() - start));
}

void WriteSqlite(const std::string& file, int64_t rows) {
  sqlite3* raw = nullptr;
  if (sqlite3_open(file.c_str(), &raw) != SQLITE_OK) Fail("no database");
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(raw, &sqlite3_close);
  const std::string fill = std::string("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; ") +
                           kTable +
                           "; INSERT INTO weapon WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
                           "i + 1 FROM n WHERE i < " +
                           std::to_string(rows) +
                           ") SELECT i, printf('SN%09d', i), 'Taurus', 'PT ' || (i % 99), '9 mm' "
                           "FROM n; CREATE INDEX by_sn ON weapon (sn)";
  if (sqlite3_exec(raw, fill.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    Fail(sqlite3_errmsg(raw));
}

LookUp BareSqlite(const std::string& file) {
  sqlite3* raw = nullptr;
  if (sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
    Fail("no database");
  const std::shared_ptr<sqlite3> database(raw, &sqlite3_close);
  sqlite3_stmt* prepared = nullptr;
  sqlite3_prepare_v2(raw, (std::string(kColumns) + "?1").c_str(), -1, &prepared, nullptr);
  const std::shared_ptr<sqlite3_stmt> statement(
      prepared, [database](sqlite3_stmt* owned) { sqlite3_finalize(owned); });
  return [statement](const std::string& serial) {
    sqlite3_stmt* const asked = statement.get();
    sqlite3_reset(asked);
    sqlite3_bind_text(asked, 1, serial.data(), static_cast<int>(serial.size()), SQLITE_STATIC);
    int found = 0;
    while (sqlite3_step(asked) == SQLITE_ROW) ++found;
    sqlite3_reset(asked);
    return found == 1;
  };
}

void BenchSqlite(LookUpTrial trial) {
  std::string folder = (std::filesystem::temp_directory_path() / "sql_bench.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) Fail("no folder");
  const std::string file = folder + "/registry.db";
  const absl::Time start = absl::Now();
  WriteSqlite(file, trial.rows);
  trial.name = "sqlite";
  SayWritten(trial.name, start);
  config::v1::SqlRegistry source;
  source.set_sqlite_file(file);
  Compare(
      trial, [&] { return BareSqlite(file); }, source);
  std::filesystem::remove_all(folder);
}

void WritePostgres(PostgresServer* server, int64_t rows) {
  server->Run("postgres", std::string(kTable) +
                              "; INSERT INTO weapon SELECT i, 'SN' || lpad(i::text, 9, '0'), "
                              "'Taurus', 'PT ' || (i % 99), '9 mm' FROM generate_series(1, " +
                              std::to_string(rows) +
                              ") i; CREATE INDEX ON weapon (sn); ANALYZE weapon");
  server->Run("postgres", "VACUUM weapon");
}

LookUp BarePostgres(const std::string& where) {
  const std::shared_ptr<PGconn> session(PQconnectdb(where.c_str()), &PQfinish);
  PQclear(PQprepare(session.get(), "bare", (std::string(kColumns) + "$1").c_str(), 0, nullptr));
  return [session](const std::string& serial) {
    const char* value = serial.c_str();
    PGresult* result = PQexecPrepared(session.get(), "bare", 1, &value, nullptr, nullptr, 0);
    const int found = PQntuples(result);
    PQclear(result);
    return found == 1;
  };
}

void BenchPostgres(LookUpTrial trial) {
  PostgresServer server;
  const absl::Time start = absl::Now();
  WritePostgres(&server, trial.rows);
  trial.name = "postgres";
  SayWritten(trial.name, start);
  const std::string where = server.Where("postgres");
  config::v1::SqlRegistry source;
  source.set_postgresql(where);
  Compare(
      trial, [&] { return BarePostgres(where); }, source);
}

int Main(int argc, char** argv) {
  LookUpTrial trial;
  trial.rows = argc > 1 ? std::atoll(argv[1]) : 100'000;
  trial.lookups = argc > 2 ? std::atoi(argv[2]) : 5'000;
  trial.rounds = argc > 3 ? std::atoi(argv[3]) : 5;
  if (trial.rows < 1 || trial.lookups < 1 || trial.rounds < 1) Fail("expected numbers from 1 on");
  std::printf("%lld rows; of each caller %d look-ups a round, %d rounds of each\n",
              static_cast<long long>(trial.rows), trial.lookups, trial.rounds);
  BenchSqlite(trial);
  BenchPostgres(trial);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) { return tracegate::Main(argc, argv); }

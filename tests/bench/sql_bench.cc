// What a look-up through the adapter costs beside the bare driver: the same serial numbers, one after the other, by
// sqlite3 and by libpq with a prepared statement, and through SqlAdapter with its thread, mapping and record. Rounds of
// both take turns. Prints figures; asserts nothing.
//
//   sql_bench [ROWS [LOOKUPS_PER_ROUND [ROUNDS]]]

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "adapters/sql/sql_adapter.h"
#include "tests/adapters/mapping/mapping_of.h"
#include "tests/adapters/sql/postgres_server.h"

namespace tracegate {
namespace {

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

std::string Serial(int64_t row) { return absl::StrFormat("SN%09d", row); }

// Looks a serial up; false where it was not found.
using LookUp = std::function<bool(const std::string& serial)>;

struct Timings {
  std::vector<double> microseconds;

  double At(double share) {
    std::sort(microseconds.begin(), microseconds.end());
    return microseconds[static_cast<size_t>(share * static_cast<double>(microseconds.size() - 1))];
  }
  double PerSecond() const {
    double sum = 0;
    for (const double each : microseconds) sum += each;
    return 1e6 * static_cast<double>(microseconds.size()) / sum;
  }
};

void Round(const LookUp& look_up, int64_t rows, int lookups, uint32_t seed, Timings* timings) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int64_t> row(1, rows);
  for (int i = 0; i < lookups; ++i) {
    const std::string serial = Serial(row(random));
    const absl::Time start = absl::Now();
    if (!look_up(serial)) Fail(serial + " was not found");
    timings->microseconds.push_back(absl::ToDoubleMicroseconds(absl::Now() - start));
  }
}

void Compare(const char* name, const LookUp& bare, const config::v1::SqlRegistry& source,
             int64_t rows, int lookups, int rounds) {
  auto adapter = SqlAdapter::Open({"bench", "BR", source, MappingOf(kYaml), /*concurrency=*/1});
  if (!adapter.ok()) Fail(adapter.status().ToString());
  const LookUp through = [&](const std::string& serial) {
    adapter::v1::FindRequest request;
    request.add_serial_spellings(serial);
    request.set_candidates_max(20);
    std::promise<bool> found;
    (*adapter)->Find({}, std::move(request), [&](const auto& answer) {
      found.set_value(answer.ok() && answer->records().records_size() == 1);
    });
    return found.get_future().get();
  };
  Timings of_bare;
  Timings of_adapter;
  Timings warm_up;
  Round(bare, rows, lookups, 1, &warm_up);
  Round(through, rows, lookups, 1, &warm_up);
  for (int i = 0; i < rounds; ++i) {
    const auto seed = static_cast<uint32_t>(i + 2);
    Round(bare, rows, lookups, 2 * seed, &of_bare);
    Round(through, rows, lookups, 2 * seed + 1, &of_adapter);
  }
  std::printf(
      "%-9s bare %7.0f/s p50 %6.1f p99 %7.1f us   adapter %7.0f/s p50 %6.1f p99 %7.1f us   "
      "ratio %.2f\n",
      name, of_bare.PerSecond(), of_bare.At(0.5), of_bare.At(0.99), of_adapter.PerSecond(),
      of_adapter.At(0.5), of_adapter.At(0.99), of_adapter.PerSecond() / of_bare.PerSecond());
}

void BenchSqlite(const std::string& file, int64_t rows, int lookups, int rounds) {
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
  sqlite3_stmt* prepared = nullptr;
  sqlite3_prepare_v2(raw, (std::string(kColumns) + "?1").c_str(), -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owned(prepared, &sqlite3_finalize);
  config::v1::SqlRegistry source;
  source.set_sqlite_file(file);
  Compare(
      "sqlite",
      [prepared](const std::string& serial) {
        sqlite3_reset(prepared);
        sqlite3_bind_text(prepared, 1, serial.data(), static_cast<int>(serial.size()),
                          SQLITE_STATIC);
        int found = 0;
        while (sqlite3_step(prepared) == SQLITE_ROW) ++found;
        return found == 1;
      },
      source, rows, lookups, rounds);
}

void BenchPostgres(int64_t rows, int lookups, int rounds) {
  PostgresServer server;
  server.Run("postgres", std::string(kTable) +
                             "; INSERT INTO weapon SELECT i, 'SN' || lpad(i::text, 9, '0'), "
                             "'Taurus', 'PT ' || (i % 99), '9 mm' FROM generate_series(1, " +
                             std::to_string(rows) +
                             ") i; CREATE INDEX ON weapon (sn); ANALYZE weapon");
  server.Run("postgres", "VACUUM weapon");
  const std::unique_ptr<PGconn, void (*)(PGconn*)> session(
      PQconnectdb(server.Where("postgres").c_str()), &PQfinish);
  PQclear(PQprepare(session.get(), "bare", (std::string(kColumns) + "$1").c_str(), 0, nullptr));
  config::v1::SqlRegistry source;
  source.set_postgresql(server.Where("postgres"));
  Compare(
      "postgres",
      [&](const std::string& serial) {
        const char* value = serial.c_str();
        PGresult* result = PQexecPrepared(session.get(), "bare", 1, &value, nullptr, nullptr, 0);
        const int found = PQntuples(result);
        PQclear(result);
        return found == 1;
      },
      source, rows, lookups, rounds);
}

int Main(int argc, char** argv) {
  const int64_t rows = argc > 1 ? std::atoll(argv[1]) : 100'000;
  const int lookups = argc > 2 ? std::atoi(argv[2]) : 5'000;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
  if (rows < 1 || lookups < 1 || rounds < 1) Fail("expected numbers from 1 on");
  std::string folder = (std::filesystem::temp_directory_path() / "sql_bench.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) Fail("no folder");
  std::printf("%d rows, %d look-ups a round, %d rounds of each\n", static_cast<int>(rows), lookups,
              rounds);
  BenchSqlite(folder + "/registry.db", rows, lookups, rounds);
  std::filesystem::remove_all(folder);
  BenchPostgres(rows, lookups, rounds);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) { return tracegate::Main(argc, argv); }

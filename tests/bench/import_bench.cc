// A batch of 5,000 weapons through ImportTraces, beside the rows that it leaves in the store committed by SQLite alone
// (write-ahead log, synchronous=FULL, in groups of as many items as a stream has in work; no registry, no hash, no
// signature, no network). Rounds of both take turns, each round a new batch in a store of its own. Prints figures; asserts
// nothing.
//
//   import_bench [ITEMS [ROUNDS]]
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/item_stream.h"
#include "gateway/rpc/operations_log.h"
#include "gateway/storage/sqlite_record_store.h"
#include "protos/tracegate/field_bytes.h"
#include "tests/bench/bench_registry.h"
#include "tests/bench/loopback_gateway.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr char kImport[] = "/tracegate.v1.TraceService/ImportTraces";

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "import_bench: %s\n", why.c_str());
  std::exit(1);
}

std::string NewFolder(const std::string& parent) {
  std::string folder = parent + "/XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) Fail("cannot make " + folder);
  return folder;
}

// Items a second of one batch, told from the first sent to the last answered.
double RunBatch(const LoopbackGateway& gateway, const BenchRequests& requests, size_t items) {
  GatewayClient client(gateway.ClientOptions(gateway.officer()));
  std::vector<std::string> messages(items);
  for (size_t i = 0; i < items; ++i) {
    AppendFieldBytes(v1::ImportTracesRequest::kTraceFieldNumber, requests.Make(i), &messages[i]);
  }
  size_t sent = 0;
  size_t traced = 0;
  const absl::Time start = absl::Now();
  const auto status = client.ExchangeRaw(
      kImport, absl::InfiniteDuration(),
      [&]() -> std::optional<std::string> {
        if (sent == items) return std::nullopt;
        return std::move(messages[sent++]);
      },
      [&](const std::string& reply) {
        v1::ImportTracesResponse response;
        if (!response.ParseFromString(reply) || !response.has_trace()) Fail("a row was not traced");
        ++traced;
        return true;
      });
  const absl::Duration took = absl::Now() - start;
  if (!status.ok() || traced != items) Fail(status.ToString());
  return static_cast<double>(items) / absl::ToDoubleSeconds(took);
}

// One row of a table, each column as its bytes or number.
struct Cell {
  bool is_number = false;
  int64_t number = 0;
  bool is_blob = false;
  std::string bytes;
};
using Row = std::vector<Cell>;

std::vector<Row> ReadTable(SQLite::Database& database, const std::string& sql) {
  std::vector<Row> rows;
  SQLite::Statement statement(database, sql);
  while (statement.executeStep()) {
    Row& row = rows.emplace_back();
    for (int i = 0; i < statement.getColumnCount(); ++i) {
      const SQLite::Column column = statement.getColumn(i);
      Cell& cell = row.emplace_back();
      cell.is_number = column.isInteger();
      if (cell.is_number) {
        cell.number = column.getInt64();
      } else {
        cell.is_blob = column.isBlob();
        cell.bytes.assign(static_cast<const char*>(column.getBlob()),
                          static_cast<size_t>(column.getBytes()));
      }
    }
  }
  return rows;
}

void Insert(SQLite::Statement& statement, const Row& row) {
  for (int i = 0; i < static_cast<int>(row.size()); ++i) {
    const Cell& cell = row[static_cast<size_t>(i)];
    if (cell.is_number) {
      statement.bind(i + 1, cell.number);
    } else if (cell.is_blob) {
      statement.bindNoCopy(i + 1, static_cast<const void*>(cell.bytes.data()),
                           static_cast<int>(cell.bytes.size()));
    } else {
      statement.bindNoCopy(i + 1, cell.bytes);
    }
  }
  statement.exec();
  statement.reset();
}

// What a batch left in the store.
struct Left {
  std::vector<Row> entries;
  std::vector<Row> traces;
  size_t bytes = 0;
};

Left ReadLeft(const std::string& file) {
  SQLite::Database database(file, SQLite::OPEN_READONLY);
  Left left;
  left.entries = ReadTable(database, "SELECT * FROM entry ORDER BY idx");
  left.traces = ReadTable(database, "SELECT * FROM trace ORDER BY trace_id");
  for (const auto* rows : {&left.entries, &left.traces}) {
    for (const Row& row : *rows) {
      for (const Cell& cell : row) left.bytes += cell.is_number ? 8 : cell.bytes.size();
    }
  }
  return left;
}

// Items a second of the same rows by SQLite alone.
double RunBare(const Left& left, const std::string& file) {
  if (!SqliteRecordStore::Open({.file = file}).ok()) Fail("cannot make " + file);
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
      "PRAGMA wal_autocheckpoint = 2048;");
  SQLite::Statement entry(database, "INSERT INTO entry VALUES (?, ?, ?, ?)");
  SQLite::Statement trace(database, "INSERT INTO trace VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  const size_t items = left.traces.size();
  const absl::Time start = absl::Now();
  size_t entries = 0;
  for (size_t done = 0; done < items;) {
    const size_t end = std::min(done + ItemStream::kItemsAtOnce, items);
    const size_t entries_end = left.entries.size() * end / items;
    database.exec("BEGIN IMMEDIATE");
    for (; entries < entries_end; ++entries) Insert(entry, left.entries[entries]);
    for (; done < end; ++done) Insert(trace, left.traces[done]);
    database.exec("COMMIT");
  }
  return static_cast<double>(items) / absl::ToDoubleSeconds(absl::Now() - start);
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Print(const char* what, const std::vector<double>& values, const char* unit) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  std::printf("  %-24s %8.3f %s (%.3f-%.3f)\n", what, Median(values), unit, *least, *most);
}

int Main(int argc, char** argv) {
  const int items = argc > 1 ? std::atoi(argv[1]) : 5000;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  if (items < 1 || rounds < 1) Fail("usage: import_bench [ITEMS [ROUNDS]]");
  if (const auto status = RequireTls13(); !status.ok()) Fail(status.ToString());
  SetInfoLogged(false);
  // On the disk that was built on: a commit is to cost what it costs there, which in /tmp may be memory.
  const std::string place = NewFolder(TRACEGATE_BINARY_DIR);
  const BenchRequests requests({"BR", "", ""});
  std::vector<double> batch, bare, ratio;
  for (int round = 0; round < rounds; ++round) {
    const std::string folder = NewFolder(place);
    if (auto status = WriteBenchRegistry(folder + "/registry.db"); !status.ok()) {
      Fail(status.ToString());
    }
    auto gateway = LoopbackGateway::Start(
        {.folder = folder, .registry_file = "registry.db", .mapping_yaml = BenchMapping()});
    if (!gateway.ok()) Fail(gateway.status().ToString());
    batch.push_back(RunBatch(**gateway, requests, static_cast<size_t>(items)));
    (*gateway)->Stop();
    const Left left = ReadLeft((*gateway)->records_file());
    bare.push_back(RunBare(left, folder + "/bare.db"));
    ratio.push_back(batch.back() / bare.back());
    if (round == 0) {
      std::printf("%d items: %.2f entries and %.0f bytes each\n", items,
                  static_cast<double>(left.entries.size()) / items,
                  static_cast<double>(left.bytes) / items);
    }
    std::filesystem::remove_all(folder);
  }
  std::filesystem::remove_all(place);
  Print("ImportTraces", batch, "items/s");
  Print("bare group commits", bare, "items/s");
  Print("ratio", ratio, "");
  std::printf("  a batch in %.2f s\n", items / Median(batch));
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  // As tracegated does: the packaged abseil looks for deadlocks on every lock.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return tracegate::Main(argc, argv);
}

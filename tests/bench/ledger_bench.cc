// What it costs to put transfers on record: each checked, remarked on, durable with its request, its reply and its receipt,
// 128 on their way at once as in an import; beside it the same records' bytes in bare SQLite on the same disk, 128 to a
// transaction that is synced. Then the annual report over what is stored. Prints figures; asserts nothing.
//
//   ledger_bench [RECORDS [WEAPONS_EACH]]   (20,000, 10)

#include "gateway/transfers/ledger.h"

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gateway/storage/sqlite_record_store.h"
#include "gateway/tracing/timer_queue.h"
#include "gateway/transfers/reports.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/temp_folder.h"
#include "tests/gateway/tracing/example_trace.h"
#include "tests/gateway/transfers/example_record.h"

namespace tracegate {
namespace {

constexpr int kAtOnce = 128;

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "ledger_bench: %s\n", why.c_str());
  std::exit(1);
}

double Seconds(absl::Time start) { return absl::ToDoubleSeconds(absl::Now() - start); }

v1::RecordTransferRequest RequestOf(int64_t i, int weapons) {
  v1::RecordTransferRequest request;
  request.set_request_id("bench-" + std::to_string(10'000'000 + i));
  *request.mutable_record() = ExampleExport();
  v1::TransferRecord& record = *request.mutable_record();
  record.set_consignment("AWB " + std::to_string(i));
  record.mutable_lines(0)->mutable_quantity()->set_amount(std::max(weapons, 1));
  for (int j = 0; j < weapons; ++j) {
    *record.mutable_lines(0)->add_items() = ExamplePistol("KX" + std::to_string(i * 1000 + j));
  }
  return request;
}

// A gateway's house as far as the ledger goes, on disk.
struct House {
  House() {
    auto opened = SqliteRecordStore::Open({.file = folder.File("records.db")});
    if (!opened.ok()) Fail(std::string(opened.status().message()));
    store = *std::move(opened);
    auto options = ExampleOptions();
    options.clock = absl::Now;
    log = *EvidenceLog::Open(store.get(), options);
    registries = std::make_unique<RegistryTable>(std::set<std::string, std::less<>>{"AT"},
                                                 std::vector<Registry>());
    once = std::make_unique<AnswerOnce>(store.get(), log.get());
  }
  TransferHouse transfers() const {
    TransferHouse house;
    house.store = store.get();
    house.log = log.get();
    house.registries = registries.get();
    house.clock = absl::Now;
    return house;
  }

  TempFolder folder;
  std::unique_ptr<SqliteRecordStore> store;
  std::unique_ptr<EvidenceLog> log;
  std::unique_ptr<RegistryTable> registries;
  std::unique_ptr<AnswerOnce> once;
};

template <typename Message>
std::shared_ptr<const Request> Asked(const Caller& caller, const char* method, Message message) {
  Request request{.caller = caller,
                  .method = method,
                  .bytes = message.SerializeAsString(),
                  .request_id = message.request_id(),
                  .message = std::make_shared<Message>(std::move(message))};
  return std::make_shared<const Request>(std::move(request));
}

double BenchLedger(House& house, int64_t records, int weapons) {
  Ledger ledger(house.transfers(), house.once.get());
  const Caller officer = ExampleCaller("AT", "export-control", Role::kRegistry);
  absl::Mutex mutex;
  int on_their_way = 0;
  const absl::Time start = absl::Now();
  for (int64_t i = 0; i < records; ++i) {
    auto request =
        Asked(officer, "/tracegate.v1.TransferService/RecordTransfer", RequestOf(i, weapons));
    {
      absl::MutexLock lock(&mutex);
      const auto room = [&] { return on_their_way < kAtOnce; };
      mutex.Await(absl::Condition(&room));
      ++on_their_way;
    }
    ledger.Record(request, static_cast<const v1::RecordTransferRequest&>(*request->message),
                  [&](const absl::StatusOr<std::string>& reply) {
                    if (!reply.ok()) Fail(std::string(reply.status().message()));
                    absl::MutexLock lock(&mutex);
                    --on_their_way;
                  });
  }
  absl::MutexLock lock(&mutex);
  const auto all = [&] { return on_their_way == 0; };
  mutex.Await(absl::Condition(&all));
  return Seconds(start);
}

double BenchReport(House& house) {
  Reports reports(house.transfers(), house.once.get());
  v1::GenerateReportRequest request;
  request.set_request_id("bench-report-1");
  request.set_kind(v1::REPORT_KIND_ATT_ANNUAL);
  v1::ReportHead& head = *request.mutable_head();
  head.mutable_authority()->set_name("bench");
  *head.mutable_from_date() = ExampleDate(2024, 1, 1);
  *head.mutable_to_date() = ExampleDate(2024, 12, 31);
  head.set_export_definition(v1::CROSSING_DEFINITION_BORDER_CROSSED);
  head.set_import_definition(v1::CROSSING_DEFINITION_BORDER_CROSSED);
  head.set_availability(v1::REPORT_AVAILABILITY_PUBLIC);
  request.set_export_basis(v1::TRANSFER_BASIS_ACTUAL);
  request.set_with_quantities(true);
  const auto asked = Asked(ExampleCaller("AT", "audit", Role::kCompliance),
                           "/tracegate.v1.TransferService/GenerateReport", request);
  absl::Mutex mutex;
  bool done = false;
  const absl::Time start = absl::Now();
  reports.Generate(asked, static_cast<const v1::GenerateReportRequest&>(*asked->message),
                   [&](const absl::StatusOr<std::string>& reply) {
                     if (!reply.ok()) Fail(std::string(reply.status().message()));
                     absl::MutexLock lock(&mutex);
                     done = true;
                   });
  absl::MutexLock lock(&mutex);
  mutex.Await(absl::Condition(&done));
  return Seconds(start);
}

// The least that keeps the same bytes as safely.
double BenchBare(int64_t records, int weapons) {
  TempFolder folder;
  sqlite3* database = nullptr;
  const auto run = [&](const char* sql) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      Fail(sqlite3_errmsg(database));
  };
  if (sqlite3_open(folder.File("bare.db").c_str(), &database) != SQLITE_OK) Fail("bare.db");
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
      "CREATE TABLE record (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(database, "INSERT INTO record (body) VALUES (?)", -1, &insert, nullptr);
  const absl::Time start = absl::Now();
  for (int64_t i = 0; i < records; ++i) {
    if (i % kAtOnce == 0) run("BEGIN");
    const std::string body = RequestOf(i, weapons).SerializeAsString();
    sqlite3_bind_blob(insert, 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) Fail(sqlite3_errmsg(database));
    sqlite3_reset(insert);
    if (i % kAtOnce == kAtOnce - 1 || i == records - 1) run("COMMIT");
  }
  const double seconds = Seconds(start);
  sqlite3_finalize(insert);
  sqlite3_close(database);
  return seconds;
}

int Main(int argc, char** argv) {
  const int64_t records = argc > 1 ? std::atoll(argv[1]) : 20'000;
  const int weapons = argc > 2 ? std::atoi(argv[2]) : 10;
  if (records < 1 || records > 10'000'000 || weapons < 0 || weapons > 1000) return 2;
  const auto count = static_cast<double>(records);
  House house;
  const double bare = BenchBare(records, weapons);
  const double ledger = BenchLedger(house, records, weapons);
  const double report = BenchReport(house);
  std::printf("%lld records of %d weapons\n", static_cast<long long>(records), weapons);
  std::printf("bare SQLite  %.0f records/s\n", count / bare);
  std::printf("ledger       %.0f records/s, %.0f weapons/s; ratio %.3f\n", count / ledger,
              count * weapons / ledger, bare / ledger);
  std::printf("annual report over them  %.2f s\n", report);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) { return tracegate::Main(argc, argv); }

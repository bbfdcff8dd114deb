#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <thread>

#include "gateway/identity/tls_floor.h"
#include "gateway/rpc/operations_log.h"
#include "gateway/storage/sqlite_record_store.h"
#include "tests/bench/loopback_gateway.h"
#include "tests/integration/seizures/row_trace.h"
#include "tests/integration/seizures/seizure_registry.h"
#include "tests/integration/seizures/seizure_table.h"

namespace tracegate {
namespace {

constexpr char kFile[] = TRACEGATE_SOURCE_DIR "/../shared/data/seizures_rj_2020_2022_masked.csv";
constexpr size_t kRows = 22790;
constexpr size_t kClients = 32;  // enough for the log to commit in groups
constexpr size_t kReceiptSample = 100;
constexpr int kFaultsShown = 20;

// A folder that is gone when the test is.
class TempFolder {
 public:
  TempFolder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "tracegate-seizures.XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Every row, by several officers at once.
std::vector<RowTrace> RunAll(const LoopbackGateway& gateway, const std::vector<Seizure>& seizures) {
  std::vector<RowTrace> rows(seizures.size());
  GatewayClient client(gateway.ClientOptions(gateway.officer()));
  std::atomic<size_t> next = 0;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kClients; ++i) {
    threads.emplace_back([&] {
      for (size_t row = next++; row < rows.size(); row = next++) {
        const bool sampled = row % kReceiptSample == 0;
        rows[row] = RunRow(client, seizures[row], row, sampled ? gateway.verifier_key() : "");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return rows;
}

// The request ids whose CreateTrace stands in the log: asked and answered, or refused.
struct Recorded {
  std::set<std::string> received, disclosed, refused;
};

Recorded ReadLog(const std::string& file) {
  Recorded out;
  auto store = SqliteRecordStore::Open({.file = file});
  EXPECT_TRUE(store.ok()) << store.status();
  if (!store.ok()) return out;
  const auto scanned = (*store)->ScanEntries(0, false, [&](const EntryRow& entry) {
    v1::EntryHeader header;
    v1::CreateTraceRequest request;
    v1::Trace reply;
    EXPECT_TRUE(header.ParseFromString(entry.header));
    if (header.method() == "/tracegate.v1.TraceService/CheckTrace") return true;
    if (header.kind() == v1::ENTRY_KIND_ANSWER_DISCLOSED) {
      if (reply.ParseFromString(entry.content)) out.disclosed.insert(reply.request_id());
    } else if (header.kind() == v1::ENTRY_KIND_REQUEST_RECEIVED) {
      if (request.ParseFromString(entry.content)) out.received.insert(request.request_id());
    } else if (header.kind() == v1::ENTRY_KIND_CALL_REFUSED) {
      if (request.ParseFromString(entry.content)) out.refused.insert(request.request_id());
    }
    return true;
  });
  EXPECT_TRUE(scanned.ok()) << scanned;
  return out;
}

void ExpectRecorded(const Recorded& log, const std::vector<RowTrace>& rows) {
  size_t missing = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string id = RequestIdOf(i);
    missing += rows[i].traced ? !log.received.contains(id) || !log.disclosed.contains(id)
                              : !log.refused.contains(id);
  }
  EXPECT_EQ(missing, 0u) << "calls that do not stand in the log";
}

TEST(SeizuresTest, EveryRowIsAnsweredOrRefusedForItsMarksAndFindsItselfAgain) {
  std::ifstream in(kFile, std::ios::binary);
  if (!in) {
    std::cout << "\n*** SKIPPED: no ../shared/data. Nothing was tested. ***\n" << std::endl;
    return;
  }
  std::stringstream csv;
  csv << in.rdbuf();
  const auto seizures = ReadSeizures(csv.str());
  ASSERT_TRUE(seizures.ok()) << seizures.status();
  ASSERT_EQ(seizures->size(), kRows);

  const absl::Status floor = RequireTls13();
  ASSERT_TRUE(floor.ok()) << floor;
  SetInfoLogged(false);
  const TempFolder folder;
  ASSERT_FALSE(folder.path().empty());
  const absl::Status written = WriteSeizureRegistry(*seizures, folder.path() + "/registry.db");
  ASSERT_TRUE(written.ok()) << written;
  auto gateway = LoopbackGateway::Start(
      {.folder = folder.path(), .registry_file = "registry.db", .mapping_yaml = SeizureMapping()});
  ASSERT_TRUE(gateway.ok()) << gateway.status();

  const auto start = std::chrono::steady_clock::now();
  const std::vector<RowTrace> rows = RunAll(**gateway, *seizures);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  (*gateway)->Stop();
  PrintSeizureTable(rows, std::cout);
  std::cout << "Two calls a row, " << rows.size() << " rows in " << took.count() << " s.\n";

  int faults = 0, lost = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].fault.empty() && ++faults <= kFaultsShown) {
      ADD_FAILURE() << "row " << i + 1 << ": " << rows[i].fault;
    }
    // The registry is asked for the identical text too, whatever words stand in the cell.
    const bool must_find = rows[i].traced && !rows[i].more_candidates;
    if (must_find && rows[i].own_grade == v1::MATCH_GRADE_UNSPECIFIED && ++lost <= kFaultsShown) {
      ADD_FAILURE() << "row " << i + 1 << " does not find its own record";
    }
  }
  EXPECT_EQ(faults, 0);
  EXPECT_EQ(lost, 0);
  ExpectRecorded(ReadLog((*gateway)->records_file()), rows);
}

}  // namespace
}  // namespace tracegate

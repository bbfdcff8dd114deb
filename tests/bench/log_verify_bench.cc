// How fast a log is verified, as a share of the speed of its hash: the baseline is SHA-256 once over every byte of the
// log, from memory. A database with many checkpoints, one with few, and an export with tiles. Prints; asserts nothing.

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"
#include "gateway/evidence/audit/database_log.h"
#include "gateway/evidence/audit/digest.h"
#include "gateway/evidence/audit/export_folder.h"
#include "gateway/evidence/audit/log_audit.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/storage/sqlite_record_store.h"
#include "tests/gateway/evidence/audit/exporter.h"
#include "tests/gateway/evidence/minted_key.h"

namespace tracegate::audit {
namespace {

constexpr int kDrafts = 40'000;
constexpr int kEntriesPerDraft = 2;
constexpr size_t kContentBytes = 700;  // what a trace's reply weighs
constexpr int kRounds = 3;

class Folder {
 public:
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "log-verify-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string File(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

RecordDraft Draft(int number) {
  RecordDraft draft;
  for (int i = 0; i < kEntriesPerDraft; ++i) {
    EntryDraft& entry = draft.entries.emplace_back();
    entry.header.set_kind(v1::ENTRY_KIND_REQUEST_RECEIVED);
    entry.header.set_actor("spiffe://br.example/policia-federal/registry");
    entry.header.set_state("BR");
    entry.header.set_method("/tracegate.v1.TraceService/CreateTrace");
    entry.header.set_trace_id("01M85M52NW478R2HHE" + std::to_string(10'000'000 + number));
    entry.content = std::string(kContentBytes, static_cast<char>('a' + number % 26));
  }
  return draft;
}

// Writes a log whose batches have `in_flight` drafts at most. Gives its verifier key.
std::string WriteLog(const std::string& file, int in_flight) {
  const auto store = *SqliteRecordStore::Open({.file = file});
  EvidenceLog::Options options;
  options.origin = "br.example/log";
  options.signing_key_pem = Ed25519Pem(std::string(32, 'k'));
  options.clock = [] { return absl::Now(); };
  const auto log = *EvidenceLog::Open(store.get(), options);
  for (int first = 0; first < kDrafts; first += in_flight) {
    absl::BlockingCounter waiting(in_flight);
    for (int i = first; i < first + in_flight; ++i) {
      log->Append(Draft(i), [&](const absl::StatusOr<Recorded>& recorded) {
        if (!recorded.ok()) std::abort();
        waiting.DecrementCount();
      });
    }
    waiting.Wait();
  }
  return log->verifier_key();
}

// Seconds for one pass of SHA-256 over headers, salts and contents.
double MeasureHash(const std::vector<EntryRow>& entries) {
  unsigned folded = 0;
  const absl::Time start = absl::Now();
  for (const EntryRow& entry : entries) {
    folded += Sha256({entry.header, entry.salt, entry.content})[0];
  }
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  if (folded == 0) std::puts("");
  return seconds;
}

template <typename OpenSource>
void Measure(const char* what, const std::vector<EntryRow>& entries, const std::string& key,
             OpenSource open) {
  const auto keys = *ParseVerifierKeys({key});
  for (int round = 0; round < kRounds; ++round) {
    const double baseline = MeasureHash(entries);
    const auto source = open();
    const absl::Time start = absl::Now();
    const auto report = AuditLog(*source, keys);
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
    if (!report.ok() || report->wrong) std::abort();
    const auto count = static_cast<double>(report->entries);
    std::printf("%-28s %9.0f entries/s  %6lld checkpoints  baseline %9.0f entries/s  ratio %.3f\n",
                what, count / seconds, static_cast<long long>(report->checkpoints),
                count / baseline, baseline / seconds);
  }
}

void MeasureDatabase(const char* what, int in_flight) {
  const Folder folder;
  const std::string file = folder.File("records.db");
  const std::string key = WriteLog(file, in_flight);
  const auto store = *SqliteRecordStore::Open({.file = file});
  const auto entries = EntriesOf(*store);
  Measure(what, entries, key, [&] { return *DatabaseLog::Open(file); });
  if (in_flight < 1000) return;
  ExportTo(folder.File("export"), entries, (*store->LatestCheckpoint())->note);
  Measure("export with tiles", entries, key,
          [&] { return *ExportFolder::Open(folder.File("export")); });
}

void Run() {
  std::printf("%d entries of %zu bytes of content\n", kDrafts * kEntriesPerDraft, kContentBytes);
  MeasureDatabase("database, many checkpoints", 10);
  MeasureDatabase("database, few checkpoints", 1000);
}

}  // namespace
}  // namespace tracegate::audit

int main() { tracegate::audit::Run(); }

// What a receipt costs beside rows that are merely durable: appends to the evidence log, as a share of bare SQLite
// commits of the same rows without its tiles (write-ahead log, synchronous=FULL, one writer thread that commits what is
// queued; no hash, no signature, no proof). Rounds of both take turns. Then a steady load, and what an entry weighs on
// disk. Prints figures; asserts nothing.
//
//   evidence_bench [SECONDS_PER_RUN [ROUNDS]]

#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "SQLiteCpp/Database.h"
#include "SQLiteCpp/Statement.h"
#include "absl/base/thread_annotations.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/reply_receipt.h"
#include "gateway/storage/sqlite_record_store.h"
#include "tests/gateway/evidence/minted_key.h"

namespace tracegate {
namespace {

constexpr size_t kContentBytes = 700;  // what a trace's reply weighs
constexpr int kCallers[] = {1, 16, 64, 256};
constexpr int kSteadyPerSecond = 1000;
constexpr int kSteadySeconds = 5;
constexpr int kWeighed = 4000;  // drafts

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "evidence_bench: %s\n", why.c_str());
  std::exit(1);
}

// A request and its reply, with the row of the trace that they are of.
RecordDraft Draft(uint64_t number) {
  RecordDraft draft;
  TraceRow row;
  row.trace_id = absl::StrFormat("01M85M52NW478R2HHE%08d", number);
  for (int i = 0; i < 2; ++i) {
    EntryDraft& entry = draft.entries.emplace_back();
    entry.header.set_kind(i == 0 ? v1::ENTRY_KIND_REQUEST_RECEIVED
                                 : v1::ENTRY_KIND_ANSWER_DISCLOSED);
    entry.header.set_actor("spiffe://br.example/policia-federal/registry");
    entry.header.set_state("BR");
    entry.header.set_method("/tracegate.v1.TraceService/CreateTrace");
    entry.header.set_trace_id(row.trace_id);
    entry.content = std::string(kContentBytes, static_cast<char>('a' + number % 26));
  }
  row.agency = "BR/policia-federal";
  row.actor = "spiffe://br.example/policia-federal/registry";
  // In no order, as those of callers are.
  row.request_id = absl::StrFormat("%016x", number * 0x9E3779B97F4A7C15);
  row.asking_state = "BR";
  row.serial_number = absl::StrFormat("SN%08d", number);
  row.state = v1::TRACE_STATE_ANSWERED;
  row.open = false;
  draft.trace = std::move(row);
  draft.reply_entry = 1;
  return draft;
}

// Where drafts are made durable.
class Recorder {
 public:
  virtual ~Recorder() = default;
  // `done` runs on the writer's thread once the draft is durable.
  virtual void Append(RecordDraft draft, std::function<void()> done) = 0;
};

class LogRecorder : public Recorder {
 public:
  explicit LogRecorder(const std::string& file) : store_(*SqliteRecordStore::Open({.file = file})) {
    EvidenceLog::Options options;
    options.origin = "br.example/log";
    options.signing_key_pem = Ed25519Pem(std::string(32, 'k'));
    options.clock = [] { return absl::Now(); };
    log_ = *EvidenceLog::Open(store_.get(), options);
  }

  void Append(RecordDraft draft, std::function<void()> done) override {
    log_->Append(std::move(draft), [done = std::move(done)](absl::StatusOr<Recorded> recorded) {
      if (!recorded.ok()) Fail(recorded.status().ToString());
      done();
    });
  }

  // A draft recorded, as its rows stand in the store.
  WriteBatch RowsOf(uint64_t number) {
    absl::Mutex mutex;
    bool recorded = false;
    const RecordDraft draft = Draft(number);
    Append(draft, [&] {
      absl::MutexLock lock(&mutex);
      recorded = true;
    });
    absl::MutexLock lock(&mutex);
    mutex.Await(absl::Condition(&recorded));
    WriteBatch rows;
    const int64_t size = log_->size();
    rows.entries = {*store_->ReadEntry(size - 2), *store_->ReadEntry(size - 1)};
    rows.traces = {**store_->FindTrace(draft.trace->trace_id)};
    rows.checkpoint = **store_->LatestCheckpoint();
    return rows;
  }

 private:
  const std::unique_ptr<SqliteRecordStore> store_;
  std::unique_ptr<EvidenceLog> log_;
};

// The same tables, filled with rows that are as large as the log's, by SQLite alone.
class BareRecorder : public Recorder {
 public:
  // `like`: what the rows of one draft look like.
  BareRecorder(const std::string& file, WriteBatch like)
      : like_(std::move(like)), database_(OpenTables(file)) {
    writer_ = std::thread([this] { Loop(); });
  }

  ~BareRecorder() override {
    {
      absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    writer_.join();
  }

  void Append(RecordDraft draft, std::function<void()> done) override {
    absl::MutexLock lock(&mutex_);
    queue_.emplace_back(std::move(draft), std::move(done));
  }

 private:
  using Queue = std::vector<std::pair<RecordDraft, std::function<void()>>>;

  static SQLite::Database OpenTables(const std::string& file) {
    if (!SqliteRecordStore::Open({.file = file}).ok()) Fail("cannot make " + file);
    SQLite::Database database(file, SQLite::OPEN_READWRITE);
    database.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
        "PRAGMA wal_autocheckpoint = 2048;");
    return database;
  }

  void Loop() {
    while (true) {
      Queue taken;
      {
        absl::MutexLock lock(&mutex_);
        const auto woken = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
          return !queue_.empty() || stopping_;
        };
        mutex_.Await(absl::Condition(&woken));
        if (queue_.empty()) return;
        std::swap(taken, queue_);
      }
      Commit(taken);
      for (auto& [draft, done] : taken) done();
    }
  }

  void Commit(const Queue& taken) {
    database_.exec("BEGIN IMMEDIATE");
    for (const auto& [draft, done] : taken) {
      for (size_t i = 0; i < draft.entries.size(); ++i) InsertEntry(i, draft.entries[i].content);
      InsertTrace(*draft.trace);
    }
    checkpoint_.bind(1, entries_);
    checkpoint_.bindNoCopy(2, like_.checkpoint->note);
    Run(checkpoint_);
    database_.exec("COMMIT");
  }

  void InsertEntry(size_t which, const std::string& content) {
    const EntryRow& like = like_.entries[which];
    entry_.bind(1, entries_++);
    Bind(entry_, 2, like.header);
    Bind(entry_, 3, like.salt);
    Bind(entry_, 4, content);
    Run(entry_);
  }

  void InsertTrace(const TraceRow& row) {
    trace_.bindNoCopy(1, row.trace_id);
    trace_.bindNoCopy(2, row.agency);
    trace_.bindNoCopy(3, row.request_id);
    trace_.bindNoCopy(4, row.asking_state);
    trace_.bindNoCopy(5, row.serial_number);
    trace_.bind(6, entries_ - 1);
    Bind(trace_, 7, like_.traces[0].reply_receipt);
    trace_.bindNoCopy(8, row.actor);
    Run(trace_);
  }

  static void Bind(SQLite::Statement& statement, int parameter, const std::string& bytes) {
    statement.bindNoCopy(parameter, static_cast<const void*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  }
  static void Run(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
  }

  const WriteBatch like_;
  SQLite::Database database_;
  SQLite::Statement entry_{database_, "INSERT INTO entry VALUES (?, ?, ?, ?)"};
  SQLite::Statement trace_{
      database_,
      "INSERT INTO trace (trace_id, agency, request_id, asking_state, asked_state, serial_number,"
      " state, open, body, reply_entry, reply_receipt, actor)"
      " VALUES (?, ?, ?, ?, '', ?, 4, 0, x'', ?, ?, ?)"};
  SQLite::Statement checkpoint_{database_, "INSERT INTO checkpoint VALUES (?, ?)"};
  int64_t entries_ = 0;

  absl::Mutex mutex_;
  Queue queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread writer_;
};

// Appends to one recorder, numbered on from run to run.
class Load {
 public:
  explicit Load(Recorder* recorder, uint64_t first) : recorder_(recorder), next_(first) {}

  // So many callers, each with its next draft as soon as it has the receipt of the last. Appends a second.
  double Closed(int callers, absl::Duration duration, std::vector<float>* latencies_us) {
    const absl::Time start = absl::Now();
    int waiting = callers;
    for (int i = 0; i < callers; ++i) AppendNow();
    size_t settled = 0;
    while (waiting > 0) {
      for (const Settled& one : TakeSettled()) {
        latencies_us->push_back(Microseconds(one.at - one.began));
        ++settled;
        if (one.at - start < duration) {
          AppendNow();
        } else {
          --waiting;
        }
      }
    }
    return static_cast<double>(settled) / absl::ToDoubleSeconds(absl::Now() - start);
  }

  // One draft at each tick, whatever became of those before; the time from its tick to its receipt.
  std::vector<float> Steady(int per_second, int seconds) {
    const int count = per_second * seconds;
    std::vector<float> latencies_us;
    const absl::Time start = absl::Now();
    for (int i = 0; i < count; ++i) {
      const absl::Time tick = start + absl::Seconds(static_cast<double>(i) / per_second);
      absl::SleepFor(tick - absl::Now());
      Append(tick);
    }
    while (latencies_us.size() < static_cast<size_t>(count)) {
      for (const Settled& one : TakeSettled()) {
        latencies_us.push_back(Microseconds(one.at - one.began));
      }
    }
    return latencies_us;
  }

  // So many drafts, no more than `callers` at once.
  void Fill(int drafts, int callers) {
    int waiting = 0;
    while (drafts > 0 || waiting > 0) {
      for (; drafts > 0 && waiting < callers; --drafts, ++waiting) AppendNow();
      waiting -= static_cast<int>(TakeSettled().size());
    }
  }

 private:
  struct Settled {
    absl::Time began;
    absl::Time at;
  };

  static float Microseconds(absl::Duration duration) {
    return static_cast<float>(absl::ToDoubleMicroseconds(duration));
  }

  void AppendNow() { Append(absl::Now()); }
  void Append(absl::Time began) {
    recorder_->Append(Draft(next_++), [this, began] {
      const absl::Time at = absl::Now();
      absl::MutexLock lock(&mutex_);
      settled_.push_back({began, at});
    });
  }

  // Waits for some.
  std::vector<Settled> TakeSettled() {
    std::vector<Settled> taken;
    absl::MutexLock lock(&mutex_);
    const auto any = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !settled_.empty(); };
    mutex_.Await(absl::Condition(&any));
    std::swap(taken, settled_);
    return taken;
  }

  Recorder* const recorder_;
  uint64_t next_;
  absl::Mutex mutex_;
  std::vector<Settled> settled_ ABSL_GUARDED_BY(mutex_);
};

struct Series {
  std::vector<double> per_second;
  std::vector<float> latencies_us;
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

float Percentile(std::vector<float>& values, double share) {
  const auto place =
      std::min(values.size() - 1, static_cast<size_t>(share * static_cast<double>(values.size())));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place),
                   values.end());
  return values[place];
}

void Print(int callers, const char* what, Series& series) {
  const auto [least, most] =
      std::minmax_element(series.per_second.begin(), series.per_second.end());
  std::printf("  %3d callers  %-13s %7.0f appends/s (%.0f-%.0f)  p50 %6.0f us  p99 %7.0f us\n",
              callers, what, Median(series.per_second), *least, *most,
              Percentile(series.latencies_us, 0.5), Percentile(series.latencies_us, 0.99));
}

void MeasureClosed(Load& bare, Load& log, absl::Duration duration, int rounds) {
  std::map<int, std::pair<Series, Series>> all;
  for (int round = 0; round < rounds; ++round) {
    for (const int callers : kCallers) {
      auto& [of_bare, of_log] = all[callers];
      of_bare.per_second.push_back(bare.Closed(callers, duration, &of_bare.latencies_us));
      of_log.per_second.push_back(log.Closed(callers, duration, &of_log.latencies_us));
    }
  }
  for (auto& [callers, series] : all) {
    auto& [of_bare, of_log] = series;
    Print(callers, "bare SQLite", of_bare);
    Print(callers, "evidence log", of_log);
    std::vector<double> ratios;
    for (size_t i = 0; i < of_log.per_second.size(); ++i) {
      ratios.push_back(of_log.per_second[i] / of_bare.per_second[i]);
    }
    const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
    std::printf("  %3d callers  ratio         %7.3f (%.3f-%.3f)\n", callers, Median(ratios), *least,
                *most);
  }
}

void MeasureSteady(const char* what, Load& load) {
  std::vector<float> latencies_us = load.Steady(kSteadyPerSecond, kSteadySeconds);
  std::printf("  %d appends/s for %d s  %-13s p50 %6.0f us  p99 %7.0f us  p99.9 %7.0f us\n",
              kSteadyPerSecond, kSteadySeconds, what, Percentile(latencies_us, 0.5),
              Percentile(latencies_us, 0.99), Percentile(latencies_us, 0.999));
}

// What a log weighs whose batches had so many drafts at most.
void Weigh(const std::string& file, int callers) {
  {
    LogRecorder recorder(file);
    Load(&recorder, 0).Fill(kWeighed, callers);
  }
  std::printf("  %.0f bytes an entry of %zu bytes of content, with up to %d drafts a checkpoint\n",
              static_cast<double>(std::filesystem::file_size(file)) / (2 * kWeighed), kContentBytes,
              callers);
}

int Run(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 1.0;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  if (seconds <= 0 || rounds < 1) Fail("usage: evidence_bench [SECONDS_PER_RUN [ROUNDS]]");
  // On the disk that was built on: a commit is to cost what it costs there, which in /tmp may be memory.
  std::string folder = TRACEGATE_BINARY_DIR "/evidence_bench.XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) Fail("cannot make " + folder);
  {
    LogRecorder log(folder + "/log.db");
    const WriteBatch rows = log.RowsOf(0);
    BareRecorder bare(folder + "/bare.db", rows);
    Load on_bare(&bare, 1);
    Load on_log(&log, 1);
    std::printf(
        "a draft: 2 entries (headers of %zu and %zu bytes, contents of %zu) and a trace's row with "
        "a receipt of %zu bytes\n",
        rows.entries[0].header.size(), rows.entries[1].header.size(), kContentBytes,
        rows.traces[0].reply_receipt.size());
    MeasureClosed(on_bare, on_log, absl::Seconds(seconds), rounds);
    MeasureSteady("bare SQLite", on_bare);
    MeasureSteady("evidence log", on_log);
  }
  for (const int callers : {1, 64}) Weigh(folder + absl::StrFormat("/%d.db", callers), callers);
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  // As tracegated does: the packaged abseil looks for deadlocks on every lock.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return tracegate::Run(argc, argv);
}

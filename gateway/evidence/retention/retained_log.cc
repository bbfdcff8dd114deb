#include "gateway/evidence/retention/retained_log.h"

#include <map>
#include <optional>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

// Traces whose standing is remembered during one walk.
constexpr size_t kStandingsMax = 4096;

absl::StatusOr<v1::EntryHeader> HeaderOf(const EntryRow& row) {
  v1::EntryHeader header;
  if (header.ParseFromString(row.header)) return header;
  return Failure(v1::REASON_LOG_DAMAGED,
                 "the header of entry " + std::to_string(row.index) + " cannot be read");
}

// `read` gives the entry of an index.
template <typename Read>
absl::StatusOr<TraceStanding> StandingFrom(const std::optional<TraceRow>& row, Read&& read) {
  TraceStanding standing;
  if (!row) return standing;
  standing.known = true;
  standing.open = row->open;
  standing.reply_entry = row->reply_entry;
  if (row->open) return standing;
  const absl::StatusOr<EntryRow> reply = read(row->reply_entry);
  if (!reply.ok()) return reply.status();
  const auto header = HeaderOf(*reply);
  if (!header.ok()) return header.status();
  standing.end_time = absl::FromUnixMicros(header->record_time_us());
  return standing;
}

class LogInStore : public RetainedLog {
 public:
  explicit LogInStore(RecordStore* store) : store_(store) {}

  absl::Status Scan(int64_t from, const std::function<bool(const EntryRow&)>& row) override {
    return store_->ScanEntries(from, /*descending=*/false, row);
  }

  absl::StatusOr<TraceStanding> StandingOf(const std::string& trace_id) override {
    const auto row = store_->FindTrace(trace_id);
    if (!row.ok()) return row.status();
    return StandingFrom(*row, [this](int64_t index) { return store_->ReadEntry(index); });
  }

 private:
  RecordStore* const store_;
};

class LogInFile : public RetainedLog {
 public:
  LogInFile(std::string file, std::unique_ptr<SqliteLogFile> lookups)
      : file_(std::move(file)), lookups_(std::move(lookups)) {}

  absl::Status Scan(int64_t from, const std::function<bool(const EntryRow&)>& row) override {
    const auto walk = SqliteLogFile::Open(file_);
    if (!walk.ok()) return walk.status();
    while (true) {
      const auto entry = (*walk)->NextEntry();
      if (!entry.ok()) return entry.status();
      if (!*entry) return absl::OkStatus();
      if ((*entry)->index >= from && !row(**entry)) return absl::OkStatus();
    }
  }

  absl::StatusOr<TraceStanding> StandingOf(const std::string& trace_id) override {
    const auto row = lookups_->FindTrace(trace_id);
    if (!row.ok()) return row.status();
    return StandingFrom(*row, [this](int64_t index) -> absl::StatusOr<EntryRow> {
      auto entry = lookups_->ReadEntry(index);
      if (!entry.ok()) return entry.status();
      if (*entry) return **std::move(entry);
      return Failure(v1::REASON_LOG_DAMAGED, "entry " + std::to_string(index) + " is missing");
    });
  }

 private:
  const std::string file_;
  const std::unique_ptr<SqliteLogFile> lookups_;
};

// Looks each trace up once, or nearly: its entries stand close together.
class Standings {
 public:
  explicit Standings(RetainedLog& log) : log_(log) {}

  absl::StatusOr<TraceStanding> Of(const std::string& trace_id) {
    if (trace_id.empty()) return TraceStanding{};
    const auto found = known_.find(trace_id);
    if (found != known_.end()) return found->second;
    auto standing = log_.StandingOf(trace_id);
    if (!standing.ok()) return standing;
    if (known_.size() >= kStandingsMax) known_.clear();
    known_.emplace(trace_id, *standing);
    return standing;
  }

 private:
  RetainedLog& log_;
  std::map<std::string, TraceStanding, std::less<>> known_;
};

}  // namespace

std::unique_ptr<RetainedLog> RetainedLogIn(RecordStore* store) {
  return std::make_unique<LogInStore>(store);
}

absl::StatusOr<std::unique_ptr<RetainedLog>> RetainedLogIn(const std::string& file) {
  auto lookups = SqliteLogFile::Open(file);
  if (!lookups.ok()) return lookups.status();
  return std::make_unique<LogInFile>(file, *std::move(lookups));
}

absl::Status JudgeEntries(RetainedLog& log, const RetentionPlan& plan, int64_t from, absl::Time now,
                          const std::function<bool(const std::string& trace_id)>& held,
                          const std::function<bool(const JudgedEntry&)>& judged) {
  Standings standings(log);
  absl::Status status;
  const absl::Status scanned = log.Scan(from, [&](const EntryRow& row) {
    const auto header = HeaderOf(row);
    if (!header.ok()) {
      status = header.status();
      return false;
    }
    const auto trace = standings.Of(header->trace_id());
    if (!trace.ok()) {
      status = trace.status();
      return false;
    }
    const bool is_held = !header->trace_id().empty() && held(header->trace_id());
    return judged(
        {row, *header, *trace, plan.Judge(*header, !IsErased(row), *trace, is_held, now)});
  });
  return status.ok() ? scanned : status;
}

}  // namespace tracegate

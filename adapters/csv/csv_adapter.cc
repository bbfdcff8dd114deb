#include "adapters/csv/csv_adapter.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "adapters/find_request.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

namespace fs = std::filesystem;

constexpr int kExpectedAnswerMs = 20;

// By what a changed file is told from the one that was read.
struct Look {
  fs::file_time_type written;
  uintmax_t bytes = 0;

  bool operator==(const Look&) const = default;
};

std::vector<Look> LookAt(const std::vector<CsvFile>& files) {
  std::vector<Look> looks;
  for (const CsvFile& file : files) {
    std::error_code error;
    looks.push_back({fs::last_write_time(file.path, error), fs::file_size(file.path, error)});
  }
  return looks;
}

absl::Status Wrong(std::string_view field, std::string_view expected) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, expected);
}

absl::StatusOr<CsvFile> FileOf(const config::v1::CsvRegistry& config, const SourceTable& table) {
  if (fs::path(table.name).filename() != table.name || table.name == "." || table.name == "..") {
    return Wrong("csv.mapping", "names '" + table.name + "' (" + table.mapping_key +
                                    "); expected the name of a file in the folder");
  }
  CsvFile file;
  file.path = (fs::path(config.folder()) / table.name).string();
  if (config.file_bytes_max() != 0) file.bytes_max = config.file_bytes_max();
  const auto fixed = config.fixed_width().find(table.name);
  if (fixed == config.fixed_width().end()) {
    file.format = RowFormat::Delimited(config.delimiter().empty() ? ',' : config.delimiter()[0]);
    return file;
  }
  std::vector<RowFormat::Slice> slices;
  for (const config::v1::FixedWidthColumn& column : fixed->second.columns()) {
    if (column.name().empty() || column.first() < 1 || column.length() < 1) {
      return Wrong("csv.fixed_width", "'" + table.name +
                                          "' has a column without a name, a first position from 1 "
                                          "or a length");
    }
    file.columns.push_back(column.name());
    slices.push_back(
        {static_cast<size_t>(column.first()) - 1, static_cast<size_t>(column.length())});
  }
  if (slices.empty()) return Wrong("csv.fixed_width", "'" + table.name + "' has no columns");
  file.format = RowFormat::FixedWidth(std::move(slices));
  return file;
}

}  // namespace

absl::StatusOr<std::vector<CsvFile>> CsvAdapter::FilesOf(const config::v1::CsvRegistry& config,
                                                         const Mapping& mapping) {
  const std::string& delimiter = config.delimiter();
  if (delimiter.size() > 1 || delimiter == "\"" || delimiter == "\n" || delimiter == "\r") {
    return Wrong("csv.delimiter", "is not one ASCII character that may stand between fields");
  }
  if (config.file_bytes_max() < 0) return Wrong("csv.file_bytes_max", "is less than 0");
  if (!mapping.serial_search().folded().empty()) {
    return Wrong("csv.mapping",
                 "has serial_search.folded, which is SQL; files are searched by "
                 "letters and digits without it");
  }
  if (const std::string key = mapping.KeyOfListInRecord(); !key.empty()) {
    return Wrong("csv.mapping", "has " + key + " without record_number, which a file needs");
  }
  std::vector<CsvFile> files;
  std::vector<SourceTable> tables = {mapping.records()};
  tables.insert(tables.end(), mapping.related().begin(), mapping.related().end());
  for (const SourceTable& table : tables) {
    auto file = FileOf(config, table);
    if (!file.ok()) return file.status();
    files.push_back(*std::move(file));
  }
  return files;
}

CsvAdapter::CsvAdapter(Options options)
    : options_(std::move(options)),
      newest_(Failure(v1::REASON_REGISTRY_UNAVAILABLE, "its files are being read")),
      pool_({.registry = options_.name,
             .concurrency = static_cast<size_t>(options_.concurrency),
             .queue_max = static_cast<size_t>(options_.queue_max),
             .timeout = options_.timeout}) {}

CsvAdapter::~CsvAdapter() = default;

void CsvAdapter::Begin() {
  std::call_once(begun_, [this] {
    watching_ = std::jthread([this](const std::stop_token& ending) { Watch(ending); });
  });
}

void CsvAdapter::Watch(const std::stop_token& ending) {
  std::vector<Look> read = LookAt(options_.files);
  std::vector<Look> last = read;
  Read();
  std::unique_lock lock(mutex_);
  while (!ending.stop_requested()) {
    ended_.wait_for(lock, ending, absl::ToChronoMilliseconds(options_.look_period),
                    [] { return false; });
    lock.unlock();
    std::vector<Look> now = LookAt(options_.files);
    if (!ending.stop_requested() && now != read && now == last) {
      read = now;
      Read();
    }
    last = std::move(now);
    lock.lock();
  }
}

void CsvAdapter::Read() {
  auto snapshot = CsvSnapshot::Load(&options_.mapping, options_.files);
  if (snapshot.ok()) TellBadRows(**snapshot);
  if (!snapshot.ok() && options_.tell) options_.tell(std::string(snapshot.status().message()));
  std::unique_lock lock(mutex_);
  newest_ = snapshot.status();
  if (snapshot.ok()) snapshot_.swap(*snapshot);  // what was there before goes without the lock
}

void CsvAdapter::TellBadRows(const CsvSnapshot& snapshot) const {
  if (!options_.tell) return;
  for (size_t i = 0; i < options_.files.size(); ++i) {
    const CsvTable& table = snapshot.table(i);
    if (table.bad_count() == 0) continue;
    std::string trouble = fs::path(options_.files[i].path).filename().string() + ": " +
                          std::to_string(table.bad_count()) + " rows skipped, " +
                          std::to_string(table.size()) + " read";
    for (const BadRow& row : table.bad_rows()) {
      trouble += "; line " + std::to_string(row.line) + " " + std::string(row.what);
    }
    options_.tell(trouble);
  }
}

absl::StatusOr<CsvAdapter::Snapshot> CsvAdapter::Current() const {
  std::unique_lock lock(mutex_);
  if (snapshot_ != nullptr) return snapshot_;
  return newest_;
}

adapter::v1::DescribeResponse CsvAdapter::Describe() const {
  return DescribeSearchBySerial(options_.name, options_.state, kExpectedAnswerMs);
}

void CsvAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  Begin();
  pool_.Run(call, std::move(done),
            [this, request = std::move(request)](
                size_t, const CallWatch& watch) -> absl::StatusOr<adapter::v1::FindResponse> {
              const auto snapshot = Current();
              return snapshot.ok() ? (*snapshot)->Find(request, watch) : snapshot.status();
            });
}

void CsvAdapter::GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                           RecordDone done) {
  Begin();
  pool_.Run(call, std::move(done),
            [this, request = std::move(request)](
                size_t, const CallWatch&) -> absl::StatusOr<adapter::v1::GetRecordResponse> {
              const auto snapshot = Current();
              return snapshot.ok() ? (*snapshot)->GetRecord(request) : snapshot.status();
            });
}

void CsvAdapter::Health(RegistryCall call, HealthDone done) {
  Begin();
  pool_.Run(call, std::move(done), [this](size_t, const CallWatch&) {
    std::unique_lock lock(mutex_);
    return newest_;
  });
}

}  // namespace tracegate

#include "adapters/sql/odbc_connection.h"

#include <algorithm>
#include <cctype>
#include <clocale>

#include "adapters/sql/schema_check.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kThreadsMax = 8;
constexpr absl::Duration kLeaveWithin = absl::Seconds(2);
constexpr absl::Duration kBusyRetryAfter = absl::Seconds(1);

// Whether a connection string has one of the keys by which drivers take a password.
bool HasPassword(const std::string& where) {
  std::string keys = ";";
  bool in_value = false;
  for (const char c : where) {
    if (c == '=') in_value = true;
    if (c == ';') in_value = false;
    if ((in_value && c != '=') || c == ' ') continue;
    keys += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return keys.find(";pwd=") != std::string::npos || keys.find(";password=") != std::string::npos;
}

// The position, in what is selected, of the column that the question compares its values with.
size_t ComparedColumn(const QueryKey& key, const Mapping& mapping) {
  const auto position_of = [](const SourceTable& table, const std::string& name) {
    const auto found =
        std::find_if(table.columns.begin(), table.columns.end(),
                     [&](const SourceColumn& column) { return column.name == name; });
    return static_cast<size_t>(found - table.columns.begin());
  };
  switch (key.kind) {
    case QueryKey::Kind::kSerialIn:
      return position_of(mapping.records(), mapping.serial_search().column());
    case QueryKey::Kind::kRecord: return mapping.record_number_position();
    case QueryKey::Kind::kRelated:
      return position_of(mapping.related()[key.count], mapping.related()[key.count].record_number);
    default: return mapping.records().columns.size();
  }
}

}  // namespace

absl::Status OdbcConnection::CheckWhere(const std::string& where) {
  if (!HasPassword(where)) return absl::OkStatus();
  return FieldFailure(v1::REASON_CONFIG_INVALID, "sql.odbc",
                      "has a password; expected it in the data source, which only the gateway "
                      "may read");
}

OdbcConnection::OdbcConnection(std::string registry, const std::string& where,
                               const Mapping* mapping)
    : registry_(std::move(registry)),
      where_(where.find('=') == std::string::npos ? "DSN=" + where : where),
      mapping_(mapping),
      threads_(DriverThread::NewCount()) {
  // For drivers without Unicode, unixODBC translates text by the process's locale; without one every letter but those of
  // ASCII would become a question mark.
  std::setlocale(LC_CTYPE, "C.UTF-8");
}

OdbcConnection::~OdbcConnection() {
  Close();
  DriverThread::AwaitNone(*threads_, kLeaveWithin);
}

void OdbcConnection::Close() {
  if (thread_ != nullptr) thread_->Leave([session = std::exchange(session_, nullptr)] {});
  session_.reset();
  thread_.reset();
}

template <typename Work>
absl::StatusOr<OdbcOutcome> OdbcConnection::Run(Work work) {
  const auto outcome = std::make_shared<OdbcOutcome>();
  const bool returned =
      thread_->Run([outcome, session = session_, work] { *outcome = work(*session); }, *watch_);
  if (returned) return *std::move(outcome);
  // Cancelling may hang as well.
  DriverThread canceller(threads_);
  canceller.Leave([session = std::exchange(session_, nullptr)] { session->Cancel(); });
  thread_.reset();
  return watch_->Check();
}

absl::Status OdbcConnection::Begin(const CallWatch* watch, bool) {
  watch_ = watch;
  if (session_ != nullptr) return absl::OkStatus();
  if (DriverThread::Running(*threads_) >= kThreadsMax)
    return RegistryUnavailable(registry_, "its driver does not come back from earlier calls");
  thread_ = std::make_unique<DriverThread>(threads_);
  session_ = std::make_shared<OdbcSession>(mapping_->character_set());
  const absl::StatusOr<OdbcOutcome> connected =
      Run([where = where_, time = watch->Remaining()](OdbcSession& session) {
        return session.Connect(where, time);
      });
  if (!connected.ok()) return connected.status();
  if (connected->ok()) return absl::OkStatus();
  Close();
  const bool refused = connected->sqlstate.starts_with("28");
  return RegistryUnavailable(
      registry_, refused ? "its database refuses the role or its password"
                         : "its database cannot be reached (" + connected->sqlstate + ")");
}

absl::StatusOr<std::vector<SourceRow>> OdbcConnection::Ask(const QueryKey& key,
                                                           const std::vector<QueryValue>& values,
                                                           size_t rows_max) {
  const StandardDialect& dialect = session_->dialect();
  const OdbcSession::Question question{.sql = QueryText(key, *mapping_, dialect),
                                       .parameters = QueryParameters(key, values, dialect),
                                       .like_column = ComparedColumn(key, *mapping_),
                                       .rows_max = rows_max,
                                       .time = watch_->Remaining()};
  absl::StatusOr<OdbcOutcome> outcome =
      Run([question](OdbcSession& session) { return session.Ask(question); });
  if (!outcome.ok()) return outcome.status();
  if (!outcome->ok()) return FailureOf(*outcome);
  return std::move(outcome->rows);
}

absl::Status OdbcConnection::Check(const QueryKey& key) {
  const std::string sql = QueryText(key, *mapping_, session_->dialect());
  const absl::StatusOr<OdbcOutcome> outcome =
      Run([sql](OdbcSession& session) { return session.Check(sql); });
  if (!outcome.ok()) return outcome.status();
  return outcome->ok() ? absl::OkStatus() : FailureOf(*outcome);
}

// Drivers do not agree on codes: what none of these is may be a schema that does not fit, or a connection that broke.
absl::Status OdbcConnection::FailureOf(const OdbcOutcome& outcome) {
  absl::Status over = watch_->Check();
  const std::string& code = outcome.sqlstate;
  if (over.ok() && (code == "HYT00" || code == "HYT01" || code == "HY008" || code == "57014"))
    over = RegistryUnavailable(registry_, "its database ended the question");
  // SQLite's driver has no code for it.
  const bool locked = outcome.said.find("database is locked") != std::string::npos;
  if (over.ok() && (code.starts_with("40") || code == "55P03" || locked))
    over = RetryableFailure(v1::REASON_REGISTRY_BUSY,
                            "registry '" + registry_ + "' is locked by another program",
                            kBusyRetryAfter);
  if (over.ok() && !code.starts_with("08") && !code.starts_with("57")) {
    const bool certain = code.starts_with("42") || code.starts_with("S0") || code.starts_with("22");
    return Mismatch(outcome, certain);
  }
  Close();
  return over.ok() ? RegistryUnavailable(registry_, "its database broke off") : over;
}

absl::Status OdbcConnection::Mismatch(const OdbcOutcome& outcome, bool certain) {
  const StandardDialect dialect = session_->dialect();
  const auto dead = Run([](OdbcSession& session) { return session.CheckAlive(); });
  if (!dead.ok()) return dead.status();
  bool broke = !dead->ok();
  const auto takes = [&](const std::string& sql) {
    if (session_ == nullptr || broke) return true;
    const auto taken = Run([sql](OdbcSession& session) { return session.Check(sql); });
    if (!taken.ok() || taken->ok()) return true;
    broke = taken->sqlstate.starts_with("08") || taken->sqlstate.starts_with("57");
    return broke;
  };
  // Of a value that does not fit, the text is the value.
  const std::string& said = outcome.sqlstate.starts_with("22") ? outcome.sqlstate : outcome.said;
  const absl::Status mismatch = certain ? SchemaMismatch(registry_, *mapping_, dialect, said, takes)
                                        : CheckSchema(registry_, *mapping_, dialect, said, takes);
  Close();
  if (absl::Status over = watch_->Check(); !over.ok()) return over;
  return mismatch.ok() || broke ? RegistryUnavailable(registry_, "its database broke off")
                                : mismatch;
}

}  // namespace tracegate

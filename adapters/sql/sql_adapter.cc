#include "adapters/sql/sql_adapter.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/find_request.h"
#include "adapters/sql/odbc_connection.h"
#include "adapters/sql/postgres_connection.h"
#include "adapters/sql/sqlite_connection.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kConcurrencyMax = 64;
constexpr int kQueueMax = 65'536;
constexpr int kExpectedAnswerMs = 50;

absl::Status CheckSource(const config::v1::SqlRegistry& source, const Mapping& mapping) {
  const auto wrong = [](std::string_view option, std::string_view expected) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, option, expected);
  };
  const int databases =
      !source.sqlite_file().empty() + !source.postgresql().empty() + !source.odbc().empty();
  if (databases != 1)
    return wrong("sql", "expected exactly one of sqlite_file, postgresql and odbc");
  if (const std::string key = mapping.KeyOfListInRecord(); !key.empty())
    return wrong("sql.mapping", "has " + key + " without record_number, which a table needs");
  if (mapping.character_set().has_several_bytes())
    return wrong("sql.mapping", "has a character_set with several bytes, which is for files alone");
  if (!source.odbc().empty()) return OdbcConnection::CheckWhere(source.odbc());
  if (!mapping.character_set().holds_ascii())
    return wrong("sql.mapping", "has a character set without ASCII, in which no such database is");
  if (source.postgresql().empty()) return absl::OkStatus();
  return PostgresConnection::CheckWhere(source.postgresql());
}

absl::Status CheckOptions(const SqlAdapter::Options& options) {
  const auto wrong = [](std::string_view option, std::string_view expected) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, option, expected);
  };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (options.name.empty()) return wrong("name", "is missing; expected the registry's name");
  if (options.state.size() != 2 ||
      !std::all_of(options.state.begin(), options.state.end(), is_upper)) {
    return wrong("state", "is no ISO 3166-1 alpha-2 code; expected such as DE");
  }
  if (options.concurrency < 1 || options.concurrency > kConcurrencyMax) {
    return wrong("concurrency", "is out of range; expected 1 to 64");
  }
  if (options.queue_max < 0 || options.queue_max > kQueueMax) {
    return wrong("queue_max", "is out of range; expected 0 to 65536");
  }
  if (options.timeout <= absl::ZeroDuration()) {
    return wrong("timeout", "is no time; expected more than 0");
  }
  return CheckSource(options.source, options.mapping);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqlAdapter>> SqlAdapter::Open(Options options) {
  if (absl::Status checked = CheckOptions(options); !checked.ok()) return checked;
  return std::unique_ptr<SqlAdapter>(new SqlAdapter(std::move(options)));
}

SqlAdapter::SqlAdapter(Options options)
    : options_(std::move(options)),
      pool_({.registry = options_.name,
             .concurrency = static_cast<size_t>(options_.concurrency),
             .queue_max = static_cast<size_t>(options_.queue_max),
             .timeout = options_.timeout}) {
  for (int i = 0; i < options_.concurrency; ++i) {
    readers_.push_back(std::make_unique<RegistryReader>(NewConnection(), &options_.mapping));
  }
}

std::unique_ptr<RegistryConnection> SqlAdapter::NewConnection() const {
  const config::v1::SqlRegistry& source = options_.source;
  if (!source.postgresql().empty()) {
    return std::make_unique<PostgresConnection>(PostgresConnection::Options{
        options_.name, source.postgresql(), options_.timeout, &options_.mapping});
  }
  if (!source.odbc().empty()) {
    return std::make_unique<OdbcConnection>(options_.name, source.odbc(), &options_.mapping);
  }
  return std::make_unique<SqliteConnection>(options_.name, source.sqlite_file(), &options_.mapping);
}

adapter::v1::DescribeResponse SqlAdapter::Describe() const {
  return DescribeSearchBySerial(options_.name, options_.state, kExpectedAnswerMs);
}

void SqlAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  pool_.Run(call, std::move(done),
            [this, request = std::move(request)](size_t worker, const CallWatch& watch) {
              return readers_[worker]->Find(request, watch);
            });
}

void SqlAdapter::GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                           RecordDone done) {
  pool_.Run(call, std::move(done),
            [this, request = std::move(request)](size_t worker, const CallWatch& watch) {
              return readers_[worker]->GetRecord(request, watch);
            });
}

void SqlAdapter::Health(RegistryCall call, HealthDone done) {
  pool_.Run(call, std::move(done), [this](size_t worker, const CallWatch& watch) {
    return readers_[worker]->Health(watch);
  });
}

}  // namespace tracegate

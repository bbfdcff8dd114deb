#include "adapters/sql/postgres_failure.h"

#include "absl/time/time.h"
#include "adapters/sql/registry_connection.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kSqlStateBytes = 5;
constexpr absl::Duration kBusyRetryAfter = absl::Seconds(1);

// The code in a message such as `... FATAL:  28P01`; empty where no server said anything.
std::string_view SqlStateIn(std::string_view message) {
  constexpr std::string_view kBefore = "FATAL:  ";
  const size_t found = message.rfind(kBefore);
  if (found == std::string_view::npos) return "";
  return message.substr(found + kBefore.size(), kSqlStateBytes);
}

}  // namespace

absl::Status PostgresConnectFailure(const std::string& registry, const PGconn* connection) {
  const auto because = [&](std::string_view why) { return RegistryUnavailable(registry, why); };
  if (PQconnectionNeedsPassword(connection) != 0)
    return because("its database asks for a password; expected a passfile that has it");
  const std::string_view code = SqlStateIn(PQerrorMessage(connection));
  if (code == "28P01") return because("its database refuses the password");
  if (code.starts_with("28")) return because("its database refuses the role");
  if (code == "3D000") return because("there is no database of that name");
  if (code == "53300") return because("its database has no connection left");
  if (code == "57P03") return because("its database is starting or stopping");
  return because("its database cannot be reached");
}

absl::Status PostgresStatementFailure(const std::string& registry, std::string_view sqlstate) {
  const bool locked = sqlstate == "55P03" || sqlstate.starts_with("40");
  if (locked) {
    return RetryableFailure(v1::REASON_REGISTRY_BUSY,
                            "registry '" + registry + "' is locked by another program",
                            kBusyRetryAfter);
  }
  if (sqlstate == "57014") return RegistryUnavailable(registry, "its database ended the question");
  if (sqlstate.empty() || sqlstate.starts_with("57P") || sqlstate.starts_with("08"))
    return RegistryUnavailable(registry, "its database broke off");
  return RegistryUnavailable(registry, "its database failed with " + std::string(sqlstate));
}

// 0A: a view that changed under what was prepared; 22: a value or an expression that does not fit a column's type.
bool IsPostgresMismatch(std::string_view sqlstate) {
  return sqlstate.starts_with("42") || sqlstate.starts_with("3F") || sqlstate.starts_with("22") ||
         sqlstate.starts_with("0A");
}

}  // namespace tracegate

#ifndef TRACEGATE_ADAPTERS_SQL_POSTGRES_FAILURE_H_
#define TRACEGATE_ADAPTERS_SQL_POSTGRES_FAILURE_H_

#include <libpq-fe.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace tracegate {

// What PostgreSQL's SQLSTATE means for a call. Texts of the server are not passed on: they name roles, hosts and values.

// Why a connection did not come about. `connection` has PQERRORS_SQLSTATE set.
absl::Status PostgresConnectFailure(const std::string& registry, const PGconn* connection);

// Why a statement failed, where neither the call is over nor the schema is to blame.
absl::Status PostgresStatementFailure(const std::string& registry, std::string_view sqlstate);

// Whether the statement does not fit what the database has, or what the role may read of it.
bool IsPostgresMismatch(std::string_view sqlstate);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_POSTGRES_FAILURE_H_

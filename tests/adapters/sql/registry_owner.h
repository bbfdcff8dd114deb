#ifndef TRACEGATE_TESTS_ADAPTERS_SQL_REGISTRY_OWNER_H_
#define TRACEGATE_TESTS_ADAPTERS_SQL_REGISTRY_OWNER_H_

#include <memory>
#include <string>

#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// Whoever keeps a registry in a database of one kind, and writes to it as they please.
class RegistryOwner {
 public:
  enum class Kind { kSqlite, kPostgres, kOdbcPostgres, kOdbcSqlite };

  // With an empty database, that goes with it.
  static std::unique_ptr<RegistryOwner> Of(Kind kind);
  virtual ~RegistryOwner() = default;

  virtual void Run(const std::string& sql) = 0;
  // How the adapter reaches it.
  virtual config::v1::SqlRegistry Source() const = 0;
  // A query for the numbers 1 to `last`, as column `i`.
  virtual std::string NumbersTo(const std::string& last) const = 0;
};

// `Sqlite`, as tests are named.
std::string KindName(RegistryOwner::Kind kind);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_SQL_REGISTRY_OWNER_H_

#include "tests/adapters/sql/registry_owner.h"

#include <unistd.h>

#include "tests/adapters/sql/foreign_database.h"
#include "tests/adapters/sql/postgres_server.h"

namespace tracegate {
namespace {

int databases_made = 0;

std::string NewName() {
  return "r" + std::to_string(getpid()) + "_" + std::to_string(++databases_made);
}

class SqliteOwner : public RegistryOwner {
 public:
  explicit SqliteOwner(bool through_odbc) : through_odbc_(through_odbc), database_(NewName()) {
    database_.Run("PRAGMA user_version = 1");
  }

  void Run(const std::string& sql) override { database_.Run(sql); }

  config::v1::SqlRegistry Source() const override {
    config::v1::SqlRegistry source;
    if (through_odbc_) {
      source.set_odbc("Driver=SQLite3;Database=" + database_.path());
    } else {
      source.set_sqlite_file(database_.path());
    }
    return source;
  }

  std::string NumbersTo(const std::string& last) const override {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<" + last +
           ") SELECT i FROM n";
  }

 private:
  const bool through_odbc_;
  ForeignDatabase database_;
};

class PostgresOwner : public RegistryOwner {
 public:
  explicit PostgresOwner(bool through_odbc) : through_odbc_(through_odbc), name_(NewName()) {
    Server().Run("postgres", "CREATE DATABASE " + name_ + " TEMPLATE template0");
  }
  ~PostgresOwner() override { Server().Run("postgres", "DROP DATABASE " + name_ + " (FORCE)"); }

  void Run(const std::string& sql) override { Server().Run(name_, sql); }

  config::v1::SqlRegistry Source() const override {
    config::v1::SqlRegistry source;
    if (through_odbc_) {
      source.set_odbc("Driver={PostgreSQL Unicode};Servername=" + Server().folder() +
                      ";Database=" + name_ + ";Username=owner");
    } else {
      source.set_postgresql(Server().Where(name_));
    }
    return source;
  }

  std::string NumbersTo(const std::string& last) const override {
    return "SELECT i FROM generate_series(1, " + last + ") i";
  }

 private:
  static PostgresServer& Server() { return PostgresServer::Shared(); }

  const bool through_odbc_;
  const std::string name_;
};

}  // namespace

std::unique_ptr<RegistryOwner> RegistryOwner::Of(Kind kind) {
  switch (kind) {
    case Kind::kSqlite: return std::make_unique<SqliteOwner>(false);
    case Kind::kOdbcSqlite: return std::make_unique<SqliteOwner>(true);
    case Kind::kPostgres: return std::make_unique<PostgresOwner>(false);
    case Kind::kOdbcPostgres: break;
  }
  return std::make_unique<PostgresOwner>(true);
}

std::string KindName(RegistryOwner::Kind kind) {
  switch (kind) {
    case RegistryOwner::Kind::kSqlite: return "Sqlite";
    case RegistryOwner::Kind::kOdbcSqlite: return "OdbcSqlite";
    case RegistryOwner::Kind::kPostgres: return "Postgres";
    case RegistryOwner::Kind::kOdbcPostgres: break;
  }
  return "OdbcPostgres";
}

}  // namespace tracegate

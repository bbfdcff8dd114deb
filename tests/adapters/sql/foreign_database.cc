#include "tests/adapters/sql/foreign_database.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace tracegate {

ForeignDatabase::ForeignDatabase(const std::string& name)
    : folder_(std::filesystem::path(::testing::TempDir()) /
              ("foreign_database_" + name + "_" + std::to_string(getpid()))) {
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
}

ForeignDatabase::~ForeignDatabase() {
  Disconnect();
  std::filesystem::remove_all(folder_);
}

void ForeignDatabase::Run(const std::string& sql) {
  if (database_ == nullptr) {
    ASSERT_EQ(sqlite3_open(path().c_str(), &database_), SQLITE_OK);
  }
  ASSERT_EQ(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database_) << " in " << sql;
}

std::string ForeignDatabase::PlanOf(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const std::string explain = "EXPLAIN QUERY PLAN " + sql;
  EXPECT_EQ(sqlite3_prepare_v2(database_, explain.c_str(), -1, &statement, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database_) << " in " << sql;
  std::string plan;
  while (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW) {
    plan += reinterpret_cast<const char*>(sqlite3_column_text(statement, 3));
    plan += "\n";
  }
  sqlite3_finalize(statement);
  return plan;
}

void ForeignDatabase::Disconnect() {
  sqlite3_close(database_);
  database_ = nullptr;
}

void ForeignDatabase::Overwrite(std::string_view bytes) {
  std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace tracegate

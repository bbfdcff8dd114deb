#ifndef TRACEGATE_TESTS_ADAPTERS_SQL_FOREIGN_DATABASE_H_
#define TRACEGATE_TESTS_ADAPTERS_SQL_FOREIGN_DATABASE_H_

#include <sqlite3.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace tracegate {

// Somebody else's database, written as its owner would: a temporary file, removed with this.
class ForeignDatabase {
 public:
  explicit ForeignDatabase(const std::string& name);
  ~ForeignDatabase();

  ForeignDatabase(const ForeignDatabase&) = delete;
  ForeignDatabase& operator=(const ForeignDatabase&) = delete;

  std::string path() const { return folder_ / "registry.db"; }

  // Runs statements on a connection of the owner's that stays open.
  void Run(const std::string& sql);
  // Lines of EXPLAIN QUERY PLAN.
  std::string PlanOf(const std::string& sql);
  // The owner's program ends.
  void Disconnect();
  // Overwrites the file's bytes in place.
  void Overwrite(std::string_view bytes);

 private:
  const std::filesystem::path folder_;
  sqlite3* database_ = nullptr;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_SQL_FOREIGN_DATABASE_H_

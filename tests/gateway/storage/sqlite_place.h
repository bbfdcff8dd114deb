#ifndef TRACEGATE_TESTS_GATEWAY_STORAGE_SQLITE_PLACE_H_
#define TRACEGATE_TESTS_GATEWAY_STORAGE_SQLITE_PLACE_H_

#include <memory>
#include <string>
#include <utility>

#include "gateway/storage/sqlite_record_store.h"
#include "gtest/gtest.h"
#include "tests/gateway/storage/temp_folder.h"

namespace tracegate {

// A folder with the file of a SqliteRecordStore in it.
class SqlitePlace {
 public:
  std::string file() const { return folder_.File("records.db"); }

  absl::StatusOr<std::unique_ptr<SqliteRecordStore>> TryOpen() const {
    return SqliteRecordStore::Open({.file = file()});
  }

  std::unique_ptr<SqliteRecordStore> Open() const {
    auto store = TryOpen();
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }

 private:
  TempFolder folder_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_STORAGE_SQLITE_PLACE_H_

#include "gateway/storage/sqlite_record_store.h"

#include <memory>

#include "tests/gateway/storage/record_store_contract.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

class SqliteStorePlace : public StorePlace {
 public:
  RecordStore& store() override { return *store_; }
  void Reopen() override {
    store_.reset();
    store_ = place_.Open();
  }

 private:
  SqlitePlace place_;
  std::unique_ptr<RecordStore> store_ = place_.Open();
};

INSTANTIATE_TEST_SUITE_P(Sqlite, RecordStoreContract,
                         testing::Values(StoreKind{
                             "Sqlite", [] { return std::make_unique<SqliteStorePlace>(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace tracegate

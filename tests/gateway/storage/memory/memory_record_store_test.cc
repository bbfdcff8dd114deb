#include "tests/gateway/storage/memory_record_store.h"

#include <memory>

#include "tests/gateway/storage/record_store_contract.h"

namespace tracegate {
namespace {

class MemoryStorePlace : public StorePlace {
 public:
  RecordStore& store() override { return store_; }
  void Reopen() override {}

 private:
  MemoryRecordStore store_;
};

INSTANTIATE_TEST_SUITE_P(Memory, RecordStoreContract,
                         testing::Values(StoreKind{
                             "Memory", [] { return std::make_unique<MemoryStorePlace>(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace tracegate

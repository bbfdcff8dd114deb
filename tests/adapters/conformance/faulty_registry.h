#ifndef TRACEGATE_TESTS_ADAPTERS_CONFORMANCE_FAULTY_REGISTRY_H_
#define TRACEGATE_TESTS_ADAPTERS_CONFORMANCE_FAULTY_REGISTRY_H_

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "adapters/call_pool.h"
#include "adapters/registry_adapter.h"

namespace tracegate {

// A registry of three weapons in memory, kept as the contract has it but for one fault, named for the conformance case that
// has to find it; no fault where the name is empty.
class FaultyRegistry : public RegistryAdapter {
 public:
  explicit FaultyRegistry(std::string fault);

  // One of the three.
  static v1::RegistryRecord Known();

  adapter::v1::DescribeResponse Describe() const override;
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;

 private:
  using Found = absl::StatusOr<adapter::v1::FindResponse>;

  bool Has(const char* fault) const { return fault_ == fault; }
  // True where the fault is that such a call gets no answer.
  bool Loses(const RegistryCall& call);
  Found Search(const adapter::v1::FindRequest& request);
  bool Fits(const adapter::v1::FindRequest& request, const std::string& serial) const;
  // What is wrong with the answer to a request in which commands or newer words stand.
  absl::Status Stumble(const adapter::v1::FindRequest& request) const;
  bool IsRepeated(const std::string& hop_id);

  const std::string fault_;
  const std::vector<v1::RegistryRecord> records_;
  std::mutex mutex_;
  std::set<std::string> hops_;  // guarded by mutex_
  std::atomic<int> asked_ = 0;
  CallPool pool_;  // the first to go
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_CONFORMANCE_FAULTY_REGISTRY_H_

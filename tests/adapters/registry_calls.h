#ifndef TRACEGATE_TESTS_ADAPTERS_REGISTRY_CALLS_H_
#define TRACEGATE_TESTS_ADAPTERS_REGISTRY_CALLS_H_

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/registry_adapter.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

inline adapter::v1::FindRequest Spelled(const std::vector<std::string>& spellings,
                                        int candidates_max = 50) {
  adapter::v1::FindRequest request;
  request.mutable_serial_spellings()->Assign(spellings.begin(), spellings.end());
  request.set_candidates_max(candidates_max);
  return request;
}

inline adapter::v1::FindRequest Patterned(const std::string& pattern, int candidates_max = 50) {
  adapter::v1::FindRequest request;
  request.set_serial_pattern(pattern);
  request.set_candidates_max(candidates_max);
  return request;
}

// For fixtures: an adapter of any kind, and calls that wait for their answer.
class RegistryCalls {
 protected:
  absl::StatusOr<adapter::v1::FindResponse> Find(const adapter::v1::FindRequest& request,
                                                 RegistryCall call = {}) {
    std::promise<absl::StatusOr<adapter::v1::FindResponse>> answered;
    adapter_->Find(std::move(call), request,
                   [&](auto answer) { answered.set_value(std::move(answer)); });
    return answered.get_future().get();
  }

  absl::StatusOr<adapter::v1::GetRecordResponse> GetRecord(const std::string& number) {
    adapter::v1::GetRecordRequest request;
    request.set_record_number(number);
    std::promise<absl::StatusOr<adapter::v1::GetRecordResponse>> answered;
    adapter_->GetRecord({}, request, [&](auto answer) { answered.set_value(std::move(answer)); });
    return answered.get_future().get();
  }

  absl::Status Health(RegistryCall call = {}) {
    std::promise<absl::Status> answered;
    adapter_->Health(std::move(call),
                     [&](absl::Status status) { answered.set_value(std::move(status)); });
    return answered.get_future().get();
  }

  // The numbers of the records that are found; the call has to succeed.
  std::vector<std::string> Found(const adapter::v1::FindRequest& request) {
    const auto response = Find(request);
    EXPECT_TRUE(response.ok()) << response.status();
    std::vector<std::string> numbers;
    if (!response.ok()) return numbers;
    for (const auto& record : response->records().records())
      numbers.push_back(record.record_number());
    return numbers;
  }

  static v1::Reason ReasonOf(const absl::Status& status) { return DetailOf(status).reason(); }

  std::unique_ptr<RegistryAdapter> adapter_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_REGISTRY_CALLS_H_

#ifndef TRACEGATE_TESTS_ADAPTERS_SQL_REGISTRY_CALLS_H_
#define TRACEGATE_TESTS_ADAPTERS_SQL_REGISTRY_CALLS_H_

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/sql_adapter.h"
#include "protos/tracegate/failure.h"
#include "tests/adapters/mapping/mapping_of.h"

namespace tracegate {

// A registry in Serbian, as its owner set it up, and how it is mapped.
inline constexpr char kYaml[] = R"yaml(
source: ОРУЖЈЕ
record_number: БРОЈ
serial_search: {column: СЕРИЈСКИ, folded: "UPPER(REPLACE(REPLACE(СЕРИЈСКИ,'-',''),' ',''))"}
fields:
  - {column: МАРКА, to: firearm.manufacturer}
  - {column: ГОДИНА, to: firearm.year_of_manufacture}
events:
  - source: ИЗВОЗ
    record_number: ОРУЖЈЕ
    kind: EXPORT
    order_by: ДАТУМ
    fields:
      - {column: ДАТУМ, to: date, date_format: "%Y-%m-%d"}
      - {column: ДРЖАВА, to: to_state}
)yaml";

inline constexpr char kSchema[] = R"(
CREATE TABLE ОРУЖЈЕ (БРОЈ TEXT, СЕРИЈСКИ TEXT, МАРКА TEXT, ГОДИНА INTEGER);
CREATE TABLE ИЗВОЗ (ОРУЖЈЕ TEXT, ДАТУМ TEXT, ДРЖАВА TEXT);
CREATE INDEX по_броју ON ОРУЖЈЕ(СЕРИЈСКИ);
INSERT INTO ОРУЖЈЕ VALUES
  ('001', '00042', 'Застава', 1985), ('1', '42', 'FN', NULL), ('3', 'AB-12 34', NULL, 1990),
  ('4', 'РН 777', 'Застава', 1970), ('5', NULL, 'X', 1), ('6', 'A_1%', 'X', 1), ('7', 'AB-12 35', 'X', 1);
INSERT INTO ИЗВОЗ VALUES ('001', '1999-05-01', 'ME'), ('001', '1990-01-02', 'HR'), ('1', '2000-01-01', 'BA');
)";

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

// An adapter, and calls that wait for their answer.
class RegistryCalls : public ::testing::Test {
 protected:
  using FindRequest = adapter::v1::FindRequest;
  using FindResponse = adapter::v1::FindResponse;

  void Open(const config::v1::SqlRegistry& source, const std::string& yaml = kYaml,
            int concurrency = 2, int queue_max = 16) {
    absl::StatusOr<std::unique_ptr<SqlAdapter>> opened =
        SqlAdapter::Open({"zastava", "RS", source, MappingOf(yaml), concurrency, queue_max});
    ASSERT_TRUE(opened.ok()) << opened.status();
    adapter_ = *std::move(opened);
  }

  absl::StatusOr<FindResponse> Find(const FindRequest& request, RegistryCall call = {}) {
    std::promise<absl::StatusOr<FindResponse>> answered;
    adapter_->Find(call, request, [&](auto answer) { answered.set_value(std::move(answer)); });
    return answered.get_future().get();
  }

  absl::Status Health(RegistryCall call = {}) {
    std::promise<absl::Status> answered;
    adapter_->Health(call, [&](absl::Status status) { answered.set_value(std::move(status)); });
    return answered.get_future().get();
  }

  absl::StatusOr<adapter::v1::GetRecordResponse> GetRecord(const std::string& number) {
    adapter::v1::GetRecordRequest request;
    request.set_record_number(number);
    std::promise<absl::StatusOr<adapter::v1::GetRecordResponse>> answered;
    adapter_->GetRecord({}, request, [&](auto answer) { answered.set_value(std::move(answer)); });
    return answered.get_future().get();
  }

  std::vector<std::string> Found(const FindRequest& request) {
    const absl::StatusOr<FindResponse> response = Find(request);
    EXPECT_TRUE(response.ok()) << response.status();
    std::vector<std::string> numbers;
    if (!response.ok()) return numbers;
    for (const auto& record : response->records().records())
      numbers.push_back(record.record_number());
    return numbers;
  }

  v1::Reason ReasonOf(const absl::Status& status) { return DetailOf(status).reason(); }

  std::unique_ptr<SqlAdapter> adapter_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_ADAPTERS_SQL_REGISTRY_CALLS_H_

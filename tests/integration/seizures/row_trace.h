#ifndef TRACEGATE_TESTS_INTEGRATION_SEIZURES_ROW_TRACE_H_
#define TRACEGATE_TESTS_INTEGRATION_SEIZURES_ROW_TRACE_H_

#include <cstddef>
#include <set>
#include <string>

#include "gateway/rpc/gateway_client.h"
#include "tests/integration/seizures/seizure_file.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What became of one row of the file: of its CheckTrace and of its CreateTrace.
struct RowTrace {
  std::string fault;  // a reply that should not have been; empty: none

  bool passes = false;  // by CheckTrace
  std::set<v1::RemarkKind> errors;
  std::set<v1::RemarkKind> other_remarks;

  bool traced = false;  // CreateTrace answered; else it was refused for its marks
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;  // of the own registry
  int candidates = 0;
  bool more_candidates = false;
  v1::MatchGrade own_grade =
      v1::MATCH_GRADE_UNSPECIFIED;  // its own record's; UNSPECIFIED: not found

  bool one_number = false;  // the serial's cell holds one number, every character of it read
  bool bare = false;        // and nothing beside it, such as a remark
};

// The request id under which row `index` is traced.
std::string RequestIdOf(size_t index);

// Checks and traces one row, whose record number is index + 1. A non-empty `verifier_key` has the reply's receipt
// verified too. Thread-safe.
RowTrace RunRow(GatewayClient& client, const Seizure& seizure, size_t index,
                const std::string& verifier_key);

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_INTEGRATION_SEIZURES_ROW_TRACE_H_

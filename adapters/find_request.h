#ifndef TRACEGATE_ADAPTERS_FIND_REQUEST_H_
#define TRACEGATE_ADAPTERS_FIND_REQUEST_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// Bounds of one question to a registry that is searched by serial number.
inline constexpr int kCandidatesMax = 50;
inline constexpr int kSpellingsMax = 64;
inline constexpr size_t kSpellingBytesMax = 256;
inline constexpr size_t kPatternBytesMax = 128;
inline constexpr size_t kPatternStarsMax = 4;

// What such a registry of one State says of itself. `expected_answer_ms`: 0 where it cannot tell.
adapter::v1::DescribeResponse DescribeSearchBySerial(const std::string& name,
                                                     const std::string& state,
                                                     int expected_answer_ms);

// OK where a request is within its bounds and looks for something. INVALID_ARGUMENT naming the field.
absl::Status CheckFindRequest(const adapter::v1::FindRequest& request);

// The same for the number of a record.
absl::Status CheckGetRecordRequest(const adapter::v1::GetRecordRequest& request);

// Whether there is neither a spelling nor a pattern.
bool LooksForNothing(const adapter::v1::FindRequest& request);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_FIND_REQUEST_H_

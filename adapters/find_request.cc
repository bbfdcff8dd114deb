#include "adapters/find_request.h"

#include <algorithm>
#include <string>

#include "protos/tracegate/failure.h"

namespace tracegate {

adapter::v1::DescribeResponse DescribeSearchBySerial(const std::string& name,
                                                     const std::string& state,
                                                     int expected_answer_ms) {
  adapter::v1::DescribeResponse description;
  description.set_name(name);
  description.add_states(state);
  description.add_search_fields(adapter::v1::SEARCH_FIELD_SERIAL_NUMBER);
  description.set_partial_serials(true);
  description.set_expected_answer_ms(expected_answer_ms);
  return description;
}

absl::Status CheckFindRequest(const adapter::v1::FindRequest& request) {
  if (request.candidates_max() < 1 || request.candidates_max() > kCandidatesMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "candidates_max", "expected 1 to 50");
  }
  if (request.serial_spellings_size() > kSpellingsMax) {
    return FieldFailure(v1::REASON_FIELD_TOO_LONG, "serial_spellings", "expected at most 64");
  }
  for (const std::string& spelling : request.serial_spellings()) {
    if (spelling.empty() || spelling.size() > kSpellingBytesMax) {
      return FieldFailure(v1::REASON_FIELD_INVALID, "serial_spellings",
                          "expected 1 to 256 bytes each");
    }
  }
  const std::string& pattern = request.serial_pattern();
  const auto stars = static_cast<size_t>(std::count(pattern.begin(), pattern.end(), '*'));
  if (pattern.size() > kPatternBytesMax || stars > kPatternStarsMax) {
    return FieldFailure(v1::REASON_FIELD_TOO_LONG, "serial_pattern",
                        "expected at most 128 bytes and four *");
  }
  if (LooksForNothing(request)) {
    return FieldFailure(
        v1::REASON_FIELD_REQUIRED, "serial_spellings",
        "expected a spelling or a pattern: this registry is searched by serial number");
  }
  return absl::OkStatus();
}

absl::Status CheckGetRecordRequest(const adapter::v1::GetRecordRequest& request) {
  const std::string& number = request.record_number();
  if (!number.empty() && number.size() <= kSpellingBytesMax) return absl::OkStatus();
  return FieldFailure(v1::REASON_FIELD_INVALID, "record_number", "expected 1 to 256 bytes");
}

bool LooksForNothing(const adapter::v1::FindRequest& request) {
  return request.serial_spellings().empty() && request.serial_pattern().empty();
}

}  // namespace tracegate

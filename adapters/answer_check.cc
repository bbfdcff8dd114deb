#include "adapters/answer_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/state_code.h"

namespace tracegate {
namespace {

using adapter::v1::FindResponse;

constexpr size_t kRecordBytesMax = 256 << 10;
constexpr int64_t kLastSecond = 253'402'300'799;  // of the year 9999

absl::Status Wrong(const std::string& field, std::string_view expected) {
  return FieldFailure(v1::REASON_REGISTRY_MISMATCH, field, expected);
}

// The same finding, blamed on the registry: whoever asked did nothing wrong.
absl::Status Blamed(const absl::Status& status) {
  const v1::FailureDetail detail = DetailOf(status);
  if (status.ok() || detail.violations().empty()) return status;
  return Wrong(detail.violations(0).field(), detail.violations(0).description());
}

bool IsUpper(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Former States have four letters.
bool IsCountry(std::string_view code) {
  return code.empty() || ((code.size() == 2 || code.size() == 4) && IsUpper(code));
}

bool IsDate(const v1::Date& date) {
  return date.year() >= 0 && date.year() <= 9999 && date.month() >= 0 && date.month() <= 12 &&
         date.day() >= 0 && date.day() <= 31 && (date.month() == 0 || date.year() != 0) &&
         (date.day() == 0 || date.month() != 0);
}

absl::Status CheckEvent(const v1::LifeEvent& event, const std::string& at) {
  constexpr std::string_view kState = "is no ISO 3166-1 alpha-2 code; expected such as DE";
  if (!event.from_state().empty() && !IsStateCode(event.from_state())) {
    return Wrong(at + ".from_state", kState);
  }
  if (!event.to_state().empty() && !IsStateCode(event.to_state())) {
    return Wrong(at + ".to_state", kState);
  }
  if (IsDate(event.date())) return absl::OkStatus();
  return Wrong(at + ".date", "is no day, month or year; 0 stands for what is not known");
}

absl::Status CheckRecord(const v1::RegistryRecord& record, const std::string& at) {
  if (record.record_number().empty()) return Wrong(at + ".record_number", "is missing");
  if (record.ByteSizeLong() > kRecordBytesMax) return Wrong(at, "is larger than 256 KiB");
  if (!IsCountry(record.firearm().country_of_manufacture().iso_code())) {
    return Wrong(at + ".firearm.country_of_manufacture.iso_code",
                 "is no ISO 3166 code; expected such as DE, or YUCS of a former State");
  }
  for (int i = 0; i < record.events_size(); ++i) {
    const std::string event = at + ".events[" + std::to_string(i) + "]";
    if (auto status = CheckEvent(record.events(i), event); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckRecords(const adapter::v1::Records& records, int candidates_max) {
  if (records.records_size() > candidates_max) {
    return Wrong("records.records", "has " + std::to_string(records.records_size()) +
                                        " records where at most " + std::to_string(candidates_max) +
                                        " were asked for; expected those, and more: true");
  }
  std::set<std::string_view> numbers;
  for (int i = 0; i < records.records_size(); ++i) {
    const std::string at = "records.records[" + std::to_string(i) + "]";
    if (auto status = CheckRecord(records.records(i), at); !status.ok()) return status;
    if (!numbers.insert(records.records(i).record_number()).second) {
      return Wrong(at + ".record_number", "stands in this answer twice");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckPending(const adapter::v1::Pending& pending) {
  const auto& time = pending.ask_again_time();
  const bool is_time = time.seconds() >= 0 && time.seconds() <= kLastSecond && time.nanos() >= 0 &&
                       time.nanos() <= 999'999'999;
  return is_time ? absl::OkStatus() : Wrong("pending.ask_again_time", "is no time");
}

}  // namespace

absl::Status CheckFindAnswer(const adapter::v1::FindRequest& request, const FindResponse& answer) {
  if (auto status = CheckBounds(answer); !status.ok()) return Blamed(status);
  switch (answer.result_case()) {
    case FindResponse::kRecords: return CheckRecords(answer.records(), request.candidates_max());
    case FindResponse::kPending: return CheckPending(answer.pending());
    case FindResponse::kAnswer:
      return Wrong("answer",
                   "is a gateway's or a desk's; a registry gives records, to be compared");
    case FindResponse::kWithdrawn:
      return Wrong("withdrawn", "was not asked for; only a gateway's question is taken back");
    case FindResponse::RESULT_NOT_SET: break;
  }
  return Wrong("records", "is missing; a registry that found nothing gives an empty list");
}

absl::Status CheckRecordAnswer(const adapter::v1::GetRecordRequest& request,
                               const adapter::v1::GetRecordResponse& answer) {
  if (auto status = CheckBounds(answer); !status.ok()) return Blamed(status);
  if (auto status = CheckRecord(answer.record(), "record"); !status.ok()) return status;
  if (answer.record().record_number() == request.record_number()) return absl::OkStatus();
  return Wrong("record.record_number", "is not the one that was asked for");
}

absl::Status CheckDescription(const std::string& state,
                              const adapter::v1::DescribeResponse& description) {
  if (auto status = CheckBounds(description); !status.ok()) return Blamed(status);
  if (description.name().empty()) return Wrong("name", "is missing");
  if (description.states_size() != 1 || description.states(0) != state) {
    return Wrong("states", "is not the configured State alone; expected [" + state + "]");
  }
  const auto& fields = description.search_fields();
  if (std::find(fields.begin(), fields.end(), adapter::v1::SEARCH_FIELD_SERIAL_NUMBER) ==
      fields.end()) {
    return Wrong("search_fields", "lacks SERIAL_NUMBER, which is what the gateway asks with");
  }
  if (description.expected_answer_ms() >= 0) return absl::OkStatus();
  return Wrong("expected_answer_ms", "is less than 0");
}

}  // namespace tracegate

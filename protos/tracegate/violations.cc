#include "protos/tracegate/violations.h"

#include "protos/tracegate/failure.h"

namespace tracegate {

void Violations::Require(bool present, std::string_view field, std::string_view description) {
  if (!present) Add(v1::REASON_FIELD_REQUIRED, field, description);
}

void Violations::Refuse(bool wrong, std::string_view field, std::string_view description) {
  if (wrong) Add(v1::REASON_FIELD_INVALID, field, description);
}

absl::Status Violations::status() const {
  if (violations_.empty()) return absl::OkStatus();
  const v1::FieldViolation& first = violations_.front();
  std::string message = first.field() + ": " + first.description();
  if (count_ > 1) message += " (and " + std::to_string(count_ - 1) + " more)";
  return FieldFailures(first.reason(), message, violations_);
}

void Violations::Add(v1::Reason reason, std::string_view field, std::string_view description) {
  ++count_;
  if (violations_.size() == kKeptMax) return;
  v1::FieldViolation& violation = violations_.emplace_back();
  violation.set_reason(reason);
  violation.set_field(prefix_ + std::string(field));
  violation.set_description(std::string(description));
}

}  // namespace tracegate

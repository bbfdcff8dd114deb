#ifndef TRACEGATE_PROTOS_TRACEGATE_VIOLATIONS_H_
#define TRACEGATE_PROTOS_TRACEGATE_VIOLATIONS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "tracegate/v1/reason.pb.h"

namespace tracegate {

// What is wrong with a request, field by field, so that a caller hears of all of it at once. Of more than kKeptMax, which
// would not fit a status, the first are told and the others counted.
class Violations {
 public:
  static constexpr size_t kKeptMax = 32;

  // `prefix` stands before each field's path: "request.".
  explicit Violations(std::string prefix = "") : prefix_(std::move(prefix)) {}

  // FIELD_REQUIRED where it does not hold.
  void Require(bool present, std::string_view field, std::string_view description);
  // FIELD_INVALID where it holds.
  void Refuse(bool wrong, std::string_view field, std::string_view description);

  // OK, or INVALID_ARGUMENT with every violation; its reason is the first one's.
  absl::Status status() const;

 private:
  void Add(v1::Reason reason, std::string_view field, std::string_view description);

  const std::string prefix_;
  std::vector<v1::FieldViolation> violations_;
  size_t count_ = 0;
};

}  // namespace tracegate

#endif  // TRACEGATE_PROTOS_TRACEGATE_VIOLATIONS_H_

#ifndef TRACEGATE_ADAPTERS_MAPPING_NUMBER_FORMAT_H_
#define TRACEGATE_ADAPTERS_MAPPING_NUMBER_FORMAT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tracegate/config/v1/mapping.pb.h"

namespace tracegate {

// A number as protos can hold it: "98926.15".
struct ReadNumber {
  std::string text;      // digits, and a point before at most nine decimals
  bool rounded = false;  // it was written with more
};

// How amounts are written: `98926.15`, `98.926,15`, `1 234`. Exact: no floating point. Independent of the locale.
//
// Thread safety: immutable.
class NumberFormat {
 public:
  // Errors: INVALID_ARGUMENT saying which sign or factor is none, and what is expected.
  static absl::StatusOr<NumberFormat> Create(const config::v1::NumberFormat& proto);

  // Errors: INVALID_ARGUMENT where the text is no such number, is below zero or has over 18 digits before its decimals.
  absl::StatusOr<ReadNumber> Read(std::string_view text) const;

 private:
  NumberFormat() = default;

  char decimal_ = '.';
  char thousands_ = '\0';  // none
  size_t shift_ = 0;       // places that the point moves to the right
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_NUMBER_FORMAT_H_

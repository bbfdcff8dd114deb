#ifndef TRACEGATE_ADAPTERS_MAPPING_DATE_FORMAT_H_
#define TRACEGATE_ADAPTERS_MAPPING_DATE_FORMAT_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// How a registry writes days: `%d.%m.%Y`, `%Y-%m-%d %H:%M:%S`. The letters are strptime's d m Y y, and
// H M S, which are read over; anything else stands for itself. Independent of the locale.
//
// Thread safety: immutable.
class DateFormat {
 public:
  // Errors: INVALID_ARGUMENT saying which letter is unknown, written twice, or missing (a year always).
  static absl::StatusOr<DateFormat> Parse(std::string_view format);

  // Days and months have one or two digits, a %Y four, a %y two (69-99 are 1969-1999, 00-68 are
  // 2000-2068, as POSIX has it). Zeros stand for what is not known: `00.03.1985` is March 1985.
  // Errors: INVALID_ARGUMENT where the text does not fit, or there is no such day.
  absl::StatusOr<v1::Date> Read(std::string_view text) const;

  // Whether the century has to be guessed.
  bool guesses_century() const { return guesses_century_; }

 private:
  explicit DateFormat(std::string format) : format_(std::move(format)) {}

  std::string format_;
  bool guesses_century_ = false;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_DATE_FORMAT_H_

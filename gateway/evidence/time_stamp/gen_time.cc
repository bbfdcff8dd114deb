#include "gateway/evidence/time_stamp/gen_time.h"

#include <algorithm>
#include <cstdint>

namespace tracegate {
namespace {

constexpr size_t kSecondsDigits = 14;  // YYYYMMDDhhmmss
constexpr size_t kFractionDigitsMax = 9;

bool IsDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int Number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

// From `.25`, or nothing at all.
std::optional<absl::Duration> Fraction(std::string_view text) {
  if (text.empty()) return absl::ZeroDuration();
  if (text.front() != '.') return std::nullopt;
  text.remove_prefix(1);
  if (text.empty() || text.size() > kFractionDigitsMax || !IsDigits(text)) return std::nullopt;
  int64_t nanoseconds = Number(text);
  for (size_t i = text.size(); i < kFractionDigitsMax; ++i) nanoseconds *= 10;
  return absl::Nanoseconds(nanoseconds);
}

}  // namespace

std::optional<absl::Time> ParseGenTime(std::string_view text) {
  if (text.size() <= kSecondsDigits || text.back() != 'Z') return std::nullopt;
  text.remove_suffix(1);
  const std::string_view digits = text.substr(0, kSecondsDigits);
  if (!IsDigits(digits)) return std::nullopt;
  const int month = Number(digits.substr(4, 2)), day = Number(digits.substr(6, 2));
  const int hour = Number(digits.substr(8, 2)), minute = Number(digits.substr(10, 2));
  const int second = Number(digits.substr(12, 2));
  const absl::CivilSecond civil(Number(digits.substr(0, 4)), month, day, hour, minute, second);
  // absl makes 1 March of 29 February where there is none.
  if (civil.month() != month || civil.day() != day || civil.hour() != hour ||
      civil.minute() != minute || civil.second() != second) {
    return std::nullopt;
  }
  const auto fraction = Fraction(text.substr(kSecondsDigits));
  if (!fraction) return std::nullopt;
  return absl::FromCivil(civil, absl::UTCTimeZone()) + *fraction;
}

}  // namespace tracegate

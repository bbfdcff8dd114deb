#include "adapters/mapping/date_format.h"

#include <algorithm>
#include <optional>

#include "absl/status/status.h"

namespace tracegate {
namespace {

absl::Status Wrong(const std::string& problem) { return absl::InvalidArgumentError(problem); }

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysIn(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[month - 1] + (month == 2 && IsLeap(year) ? 1 : 0);
}

// Takes a number of `digits_min` to `digits_max` digits off the front of `text`.
std::optional<int> TakeNumber(size_t digits_min, size_t digits_max, std::string_view* text) {
  size_t digits = 0;
  int number = 0;
  while (digits < std::min(digits_max, text->size()) && (*text)[digits] >= '0' &&
         (*text)[digits] <= '9') {
    number = number * 10 + ((*text)[digits++] - '0');
  }
  if (digits < digits_min) return std::nullopt;
  text->remove_prefix(digits);
  return number;
}

absl::StatusOr<v1::Date> Checked(int year, int month, int day) {
  if (month > 12 || day > 31) return Wrong("no such day");
  if (year == 0 || (month == 0 && day != 0)) return Wrong("a day without its month or year");
  if (day != 0 && day > DaysIn(year, month)) return Wrong("no such day in that month");
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

}  // namespace

absl::StatusOr<DateFormat> DateFormat::Parse(std::string_view format) {
  DateFormat parsed{std::string(format)};
  std::string letters;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    const char letter = ++i < format.size() ? format[i] : '%';
    if (std::string_view("dmYyHMS").find(letter) == std::string_view::npos) {
      return Wrong("has a % without one of the letters d m Y y H M S; expected such as %d.%m.%Y");
    }
    if (letters.find(letter) != std::string::npos) {
      return Wrong(std::string("has %") + letter + " twice; expected such as %d.%m.%Y");
    }
    letters += letter;
  }
  const auto has = [&](char letter) { return letters.find(letter) != std::string::npos; };
  if (has('Y') == has('y')) return Wrong("has no year, or two; expected one of %Y and %y");
  if (has('d') && !has('m')) return Wrong("has a day without a month; expected such as %d.%m.%Y");
  parsed.guesses_century_ = has('y');
  return parsed;
}

absl::StatusOr<v1::Date> DateFormat::Read(std::string_view text) const {
  const absl::Status misfit = Wrong("does not fit " + format_);
  int year = 0, month = 0, day = 0;
  for (size_t i = 0; i < format_.size(); ++i) {
    if (format_[i] != '%') {
      if (text.empty() || text[0] != format_[i]) return misfit;
      text.remove_prefix(1);
      continue;
    }
    const char letter = format_[++i];
    // Where the next letter follows at once (`%Y%m%d`), each has its full width.
    const bool packed = i + 1 < format_.size() && format_[i + 1] == '%';
    const size_t width = letter == 'Y' ? 4 : 2;
    const bool exact = packed || letter == 'Y' || letter == 'y' || letter == 'M' || letter == 'S';
    const auto number = TakeNumber(exact ? width : 1, width, &text);
    if (!number) return misfit;
    if (letter == 'd') day = *number;
    if (letter == 'm') month = *number;
    if (letter == 'Y') year = *number;
    if (letter == 'y') year = *number + (*number >= 69 ? 1900 : 2000);
  }
  if (!text.empty()) return misfit;
  return Checked(year, month, day);
}

}  // namespace tracegate

// How a registry writes days, and a day so written: the format, a line break, the day.

#include "adapters/mapping/date_format.h"

#include <algorithm>
#include <chrono>

#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

// Of the standard library, which did not read it.
bool IsDay(const v1::Date& date) {
  using std::chrono::year, std::chrono::month, std::chrono::day;
  if (date.year() < 1 || date.year() > 9999) return false;
  if (date.month() == 0) return date.day() == 0;
  const auto number = [](int part) { return static_cast<unsigned>(std::max(part, 1)); };
  return std::chrono::year_month_day(year(date.year()), month(number(date.month())),
                                     day(number(date.day())))
      .ok();
}

std::string Padded(int number, size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string Written(const v1::Date& date, std::string_view format) {
  std::string text;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      text += format[i];
      continue;
    }
    switch (format[++i]) {
      case 'd': text += Padded(date.day(), 2); break;
      case 'm': text += Padded(date.month(), 2); break;
      case 'Y': text += Padded(date.year(), 4); break;
      case 'y': text += Padded(date.year() % 100, 2); break;
      default: text += "00";
    }
  }
  return text;
}

void CheckDay(const DateFormat& format, std::string_view written_format, std::string_view text) {
  const auto date = format.Read(text);
  if (!date.ok()) return;
  Require(IsDay(*date), "what was read is a day of the calendar");
  Require(!format.guesses_century() || (date->year() >= 1969 && date->year() <= 2068),
          "a guessed century is POSIX's");
  const auto again = format.Read(Written(*date, written_format));
  Require(again.ok() && again->SerializeAsString() == date->SerializeAsString(),
          "a day that is written out is read again");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  const size_t line = std::min(input.find('\n'), input.size());
  const auto format = DateFormat::Parse(input.substr(0, line));
  if (!format.ok()) return 0;
  CheckDay(*format, input.substr(0, line), input.substr(std::min(line + 1, input.size())));
  return 0;
}

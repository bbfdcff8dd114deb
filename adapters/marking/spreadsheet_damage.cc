#include "adapters/marking/spreadsheet_damage.h"

#include <algorithm>
#include <array>

namespace tracegate {
namespace {

constexpr size_t kExponentMax = 18;  // a longer number is no serial
constexpr std::string_view kErrors[] = {"#REF!",   "#N/A",  "#NAME?", "#VALUE!",
                                        "#DIV/0!", "#NUM!", "#NULL!"};

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int ValueOf(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// "123456.0" and "123456,00" without what follows the point; empty for anything else.
std::string_view WithoutDecimals(std::string_view text) {
  const size_t point = text.find_first_of(".,");
  if (point == std::string_view::npos || !IsDigits(text.substr(0, point))) return {};
  const std::string_view decimals = text.substr(point + 1);
  return decimals == "0" || decimals == "00" ? text.substr(0, point) : std::string_view();
}

// "1.23457E+11" as "12345???????"; empty for anything else.
std::string WithoutExponent(std::string_view text) {
  const size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos || text.substr(e + 1, 1) != "+") return "";
  const std::string_view exponent = text.substr(e + 2);
  const std::string_view mantissa = text.substr(0, e);
  const bool pointed = mantissa.size() > 2 && (mantissa[1] == '.' || mantissa[1] == ',');
  std::string digits(mantissa.substr(0, pointed ? 1 : mantissa.size()));
  if (pointed) digits += mantissa.substr(2);
  if (!IsDigits(digits) || !IsDigits(exponent) || exponent.size() > 2) return "";
  const size_t places = ValueOf(exponent) + (pointed ? 1 : digits.size());
  if (places > kExponentMax) return "";
  digits.resize(std::min(digits.find_last_not_of('0') + 1, places));
  if (!digits.empty()) digits.pop_back();
  return digits + std::string(places - digits.size(), '?');
}

bool IsError(std::string_view text) {
  return std::find(std::begin(kErrors), std::end(kErrors), text) != std::end(kErrors) ||
         (text.size() > 2 && text.find_first_not_of('#') == std::string_view::npos);
}

bool IsMidnight(std::string_view text) {
  return text.size() > 10 && IsDate(text.substr(0, 10)) && (text[10] == ' ' || text[10] == 'T') &&
         text.substr(11, 5) == "00:00";
}

}  // namespace

bool IsDate(std::string_view text) {
  if (text.size() < 8 || text.size() > 10) return false;
  const size_t first = text.find_first_of("/-.");
  if (first == std::string_view::npos) return false;
  const size_t second = text.find(text[first], first + 1);
  if (second == std::string_view::npos) return false;
  std::array<std::string_view, 3> parts = {
      text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
  if (parts[0].size() == 4) std::swap(parts[0], parts[2]);
  if (!IsDigits(parts[0]) || !IsDigits(parts[1]) || !IsDigits(parts[2])) return false;
  if (parts[2].size() != 4 || parts[0].size() > 2 || parts[1].size() > 2) return false;
  const int year = ValueOf(parts[2]);
  const auto [month, day] = std::minmax({ValueOf(parts[0]), ValueOf(parts[1])});
  return year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

SpreadsheetCell ReadSpreadsheetCell(std::string_view nfc) {
  if (IsError(nfc)) return {SpreadsheetDamage::kError, ""};
  if (IsDate(nfc) || IsMidnight(nfc)) return {SpreadsheetDamage::kDate, ""};
  if (const std::string_view whole = WithoutDecimals(nfc); !whole.empty())
    return {SpreadsheetDamage::kDecimal, std::string(whole)};
  if (std::string left = WithoutExponent(nfc); !left.empty())
    return {SpreadsheetDamage::kExponent, std::move(left)};
  return {SpreadsheetDamage::kNone, std::string(nfc)};
}

}  // namespace tracegate

#ifndef TRACEGATE_ADAPTERS_MARKING_SPREADSHEET_DAMAGE_H_
#define TRACEGATE_ADAPTERS_MARKING_SPREADSHEET_DAMAGE_H_

#include <string>
#include <string_view>

namespace tracegate {

// What a spreadsheet did to a number before it came here.
enum class SpreadsheetDamage {
  kNone,
  kDecimal,   // "123456.0": a number cell; nothing is lost but leading zeros
  kExponent,  // "1.23457E+11": digits are lost
  kDate,      // "2021-07-24 00:00:00": something like "24/7" was taken for a day
  kError,     // "#REF!", "########": nothing of the number is left
};

// A cell with the damage undone as far as it can be.
struct SpreadsheetCell {
  SpreadsheetDamage damage = SpreadsheetDamage::kNone;
  // What is left of the number. Of "1.23457E+11" it is "12345???????": the last digit shown may be
  // rounded, and so may zeros before it. Empty for a date or an error.
  std::string text;
};

// `nfc` is trimmed. Any bytes, linear time.
SpreadsheetCell ReadSpreadsheetCell(std::string_view nfc);

// Whether the whole text is a day with a four-digit year: "24/07/2021", "2021-07-24".
bool IsDate(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SPREADSHEET_DAMAGE_H_

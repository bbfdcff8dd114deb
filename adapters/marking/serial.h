#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/serial_cell.h"
#include "adapters/marking/spreadsheet_damage.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

inline constexpr size_t kSerialSpellingsMax = 8;
inline constexpr size_t kSpellingBytesAskedMax = 256;

// A serial number as it was read, and every form in which it is compared.
struct SerialReading {
  std::string verbatim;                                     // exactly as given
  v1::SerialStatus status = v1::SERIAL_STATUS_UNSPECIFIED;  // UNSPECIFIED: nothing was told

  // Of the number chosen for the frame; all empty where the text holds no number.
  std::string key;  // upper-case letters and digits, look-alikes of other scripts as Latin; empty
                    // where anything is unread
  std::string sound_key;  // the same with those letters by sound; empty where it is no other
  std::string plain_key;  // the same with letters in their own script
  std::string pattern;    // as key, `?` for each unread character, `*` for a run of unknown length;
                          // empty where all are read
  // The keys that it may have where single characters are one of a few: "AB[38]1" is AB31 or AB81.
  // Likeliest first, at most 16; empty where anything else is unread. The pattern has `?` there.
  std::vector<std::string> alternatives;
  // The abbreviated licence number that US frames of 2022 and later begin with (27 CFR 478.92): the
  // first 8 digits of key, if 8 digits and a hyphen stand there.
  bool licence_prefix = false;
  int read = 0;    // characters
  int unread = 0;  // characters known to be missing; more may be where length_unknown
  bool length_unknown = false;

  // Every number in the text, each once, in order. The one chosen is numbers[chosen].
  std::vector<SerialNumber> numbers;
  size_t chosen = 0;
  // Several numbers, and the text does not say which of them is the frame's.
  bool ambiguous = false;

  bool model_token = false;  // "AK-47", "1911": more likely a model
  SpreadsheetDamage damage = SpreadsheetDamage::kNone;

  bool operator==(const SerialReading& other) const = default;
};

// Reads a serial number off a form, a registry or a weapon. Any bytes, time linear in their number.
// The frame's or receiver's number is chosen (MOSAIC 05.30); else the only one on no named part;
// else the first.
SerialReading ReadSerial(std::string_view text);

// What ReadSerial makes of a text that is its own key and nothing besides, as nearly all are that a
// registry keeps in capitals: for who knows that already.
SerialReading ReadPlainSerial(std::string_view text);

// Reads the serial of an item: its serial_number, or where that is empty the text of its first mark
// of kind SERIAL, frame or receiver before other parts. What a mark of the same text says besides
// (unread positions, unknown length, restored) counts too. Ammunition has none.
SerialReading ReadSerialOf(const v1::Item& item);

// How a registry may have written the number chosen, likeliest first, at most kSerialSpellingsMax;
// none where anything is unread.
std::vector<std::string> SpellingsOf(const SerialReading& reading);

// What a registry's column of serials is asked for: those spellings or alternatives, and last the
// whole text as it was written and in NFC, so that a cell with the same remarks is found. At most
// 256 bytes each; none where the text holds no number.
std::vector<std::string> SpellingsToAsk(const SerialReading& reading);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_H_

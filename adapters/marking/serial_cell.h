#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_CELL_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_CELL_H_

#include <string>
#include <string_view>
#include <vector>

#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// What the words beside a number say of it.
struct SerialRemarks {
  bool removed = false;
  bool never_marked = false;
  bool illegible = false;
  bool not_told = false;
  bool restored = false;
  bool remarked = false;
  bool partial = false;
  bool model_token = false;
  bool tail = false;       // "ends in": what stands before is not told
  bool head = false;       // "begins with"
  bool reference = false;  // the number is of a document, a report, a photo
  bool calibre = false;    // the number is a calibre

  void Add(const SerialRemarks& other);
  bool operator==(const SerialRemarks& other) const = default;
};

// Frame, receiver or lower receiver: whose number is the weapon's (MOSAIC 05.30).
bool IsFramePart(v1::WeaponPart part);

// One number out of a cell.
struct SerialNumber {
  std::string text;   // as written, NFC, without remarks
  std::string marks;  // MarkCharacters(text): letters in their own script, `?`, `*`
  v1::WeaponPart part = v1::WEAPON_PART_UNSPECIFIED;  // where it stands, if the cell tells
  std::string note;                                   // the words beside it, as written
  SerialRemarks remarks;

  bool operator==(const SerialNumber& other) const = default;
};

// A cell taken apart: its numbers, each once, in the order they stand, and what is said of no
// number.
struct SerialCell {
  std::vector<SerialNumber> numbers;
  SerialRemarks remarks;
};

// Reads "TJX12345 (cano), AB12345 revelado na armação" and the like. `nfc` is NFC text. Any bytes,
// linear time.
SerialCell ReadSerialCell(std::string_view nfc);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_CELL_H_

#include <unicode/utf8.h>

#include <algorithm>
#include <optional>

#include "adapters/marking/serial.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

// "[3/8/B]" of the characters that one may be, see serial_set.h; "?" of anything else.
std::string SetOf(std::string_view candidates) {
  constexpr size_t kMembersMax = 6;
  const bool plain = std::all_of(candidates.begin(), candidates.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  });
  if (candidates.empty() || candidates.size() > kMembersMax || !plain) return "?";
  std::string set = "[";
  for (const char c : candidates) set.append(set.size() > 1 ? "/" : "").append(1, c);
  return set + "]";
}

// The text with `?` or a set at each position that is not certain. Positions outside it are no
// one's.
std::string WithUnread(const v1::Mark& mark) {
  if (mark.uncertain().empty()) return mark.text();
  std::vector<std::string> instead(mark.text().size());
  for (const v1::CharacterReading& reading : mark.uncertain()) {
    const int64_t position = reading.position();
    if (position >= 0 && position < static_cast<int64_t>(instead.size()))
      instead[position] = SetOf(reading.candidates());
  }
  std::string text;
  const int32_t size = static_cast<int32_t>(mark.text().size());
  for (int32_t i = 0, position = 0; i < size; ++position) {
    const int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(mark.text().data(), i, size, c);
    text += instead[position].empty() ? mark.text().substr(start, i - start) : instead[position];
  }
  return text;
}

// The mark that says most of the serial: of the same text where there is one, else on the frame,
// else on no named part. A number known to be on another part is not the weapon's.
const v1::Mark* SerialMark(const google::protobuf::RepeatedPtrField<v1::Mark>& marks,
                           const std::string& serial_number, bool any_part) {
  const v1::Mark* best = nullptr;
  for (const v1::Mark& mark : marks) {
    if (mark.kind() != v1::MARK_KIND_SERIAL || mark.text().empty()) continue;
    if (!serial_number.empty()) {
      if (mark.text() == serial_number) return &mark;
      continue;
    }
    if (IsFramePart(mark.part())) return &mark;
    if (best == nullptr && (any_part || mark.part() == v1::WEAPON_PART_UNSPECIFIED)) best = &mark;
  }
  return best;
}

void AddLengthUnknown(SerialReading& reading) {
  if (reading.numbers.empty() || reading.length_unknown) return;
  reading.length_unknown = true;
  if (reading.pattern.empty()) reading.pattern = "*" + reading.key + "*";
  reading.key.clear();
  reading.sound_key.clear();
  reading.plain_key.clear();
  reading.alternatives.clear();
  reading.status = v1::SERIAL_STATUS_PARTIAL;
}

SerialReading ReadFrom(const google::protobuf::RepeatedPtrField<v1::Mark>& marks,
                       const std::string& serial_number, bool any_part) {
  const v1::Mark* mark = SerialMark(marks, serial_number, any_part);
  if (mark == nullptr) return ReadSerial(serial_number);
  SerialReading reading = ReadSerial(WithUnread(*mark));
  reading.verbatim = mark->text();
  if (mark->length_unknown()) AddLengthUnknown(reading);
  if (mark->restored() && reading.status == v1::SERIAL_STATUS_COMPLETE) {
    reading.status = v1::SERIAL_STATUS_RESTORED;
  }
  if (mark->legibility() == v1::LEGIBILITY_REMOVED && reading.numbers.empty()) {
    reading.status = v1::SERIAL_STATUS_OBLITERATED;
  }
  return reading;
}

}  // namespace

SerialReading ReadSerialOf(const v1::Item& item) {
  switch (item.item_case()) {
    case v1::Item::kWeapon:
      return ReadFrom(item.weapon().marks(), item.weapon().serial_number(), false);
    case v1::Item::kEssentialPart:
      return ReadFrom(item.essential_part().marks(), item.essential_part().serial_number(), true);
    case v1::Item::kAmmunitionLot:
    case v1::Item::ITEM_NOT_SET: break;
  }
  return SerialReading();
}

}  // namespace tracegate

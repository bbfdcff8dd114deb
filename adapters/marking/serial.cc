#include "adapters/marking/serial.h"

#include <algorithm>
#include <optional>

#include "adapters/marking/look_alike.h"
#include "adapters/marking/serial_set.h"
#include "adapters/marking/spellings.h"
#include "adapters/marking/text.h"
#include "adapters/marking/words.h"

namespace tracegate {
namespace {

bool IsOnFrame(const SerialNumber& number) { return IsFramePart(number.part); }

bool IsOnNoPart(const SerialNumber& number) { return number.part == v1::WEAPON_PART_UNSPECIFIED; }

// Index of the only number that `is` so; none where there is none or several.
template <typename Is>
std::optional<size_t> TheOnly(const std::vector<SerialNumber>& numbers, Is is) {
  if (std::count_if(numbers.begin(), numbers.end(), is) != 1) return std::nullopt;
  return std::find_if(numbers.begin(), numbers.end(), is) - numbers.begin();
}

void Choose(SerialReading& reading) {
  if (reading.numbers.size() < 2) return;
  std::optional<size_t> chosen = TheOnly(reading.numbers, IsOnFrame);
  if (!chosen) chosen = TheOnly(reading.numbers, IsOnNoPart);
  reading.ambiguous = !chosen;
  reading.chosen = chosen.value_or(0);
}

v1::SerialStatus StatusWithoutNumber(const SerialRemarks& remarks) {
  if (remarks.removed || remarks.remarked) return v1::SERIAL_STATUS_OBLITERATED;
  if (remarks.illegible || remarks.partial) return v1::SERIAL_STATUS_PARTIAL;
  if (remarks.never_marked) return v1::SERIAL_STATUS_NEVER_MARKED;
  return v1::SERIAL_STATUS_UNSPECIFIED;
}

// "removed" beside a number that reads whole says that characters are missing, not where nor how
// many.
bool IsCutShort(const SerialRemarks& remarks, bool unread) {
  return !unread && !remarks.restored && !remarks.remarked &&
         (remarks.removed || remarks.partial || remarks.illegible);
}

v1::SerialStatus StatusOf(const SerialRemarks& remarks, bool unread) {
  if (remarks.remarked) return v1::SERIAL_STATUS_COUNTERFEIT;
  if (unread) return v1::SERIAL_STATUS_PARTIAL;
  return remarks.restored ? v1::SERIAL_STATUS_RESTORED : v1::SERIAL_STATUS_COMPLETE;
}

bool HasLicencePrefix(std::string_view text) {
  constexpr size_t kLicenceDigits = 8;
  return text.size() > kLicenceDigits + 1 && text[kLicenceDigits] == '-' && text[0] != '0' &&
         text.find_first_not_of("0123456789") == kLicenceDigits;
}

void SetKeys(const SerialNumber& number, std::string marks, SerialReading& reading) {
  reading.unread = static_cast<int>(std::count(marks.begin(), marks.end(), '?'));
  reading.length_unknown = marks.find('*') != std::string::npos;
  const std::string look = LatinByLook(marks);
  reading.read = static_cast<int>(std::count_if(marks.begin(), marks.end(), [](char c) {
    return c != '?' && c != '*' && (c & 0xC0) != 0x80;
  }));
  if (reading.unread > 0 || reading.length_unknown) {
    reading.pattern = look;
    if (reading.length_unknown) return;
    for (const std::string& marks_of_one : AlternativesOf(number.text))
      reading.alternatives.push_back(LatinByLook(marks_of_one));
    return;
  }
  reading.key = look;
  reading.licence_prefix = HasLicencePrefix(number.text);
  const std::string sound = LatinBySound(marks);
  if (sound != look) reading.sound_key = sound;
  reading.plain_key = std::move(marks);
}

}  // namespace

SerialReading ReadSerial(std::string_view text) {
  SerialReading reading;
  reading.verbatim = text;
  const std::string nfc = Nfc(text);
  const SpreadsheetCell undone = ReadSpreadsheetCell(Trimmed(nfc));
  reading.damage = undone.damage;
  SerialCell cell = ReadSerialCell(undone.text);
  reading.model_token = cell.remarks.model_token;
  reading.numbers = std::move(cell.numbers);
  // Registries write zeros where a number is missing (the NCIC refuses them for that).
  std::erase_if(reading.numbers, [](const SerialNumber& number) {
    return number.marks.find_first_not_of('0') == std::string::npos;
  });
  if (reading.numbers.empty()) {
    reading.status = StatusWithoutNumber(cell.remarks);
    return reading;
  }
  Choose(reading);
  const SerialNumber& number = reading.numbers[reading.chosen];
  SerialRemarks remarks = number.remarks;
  remarks.Add(cell.remarks);
  std::string marks = number.marks;
  const bool cut_short = IsCutShort(remarks, marks.find_first_of("?*") != std::string::npos);
  if (cut_short || remarks.tail) marks = "*" + marks;
  if (cut_short || remarks.head) marks += "*";
  SetKeys(number, std::move(marks), reading);
  reading.status = StatusOf(remarks, !reading.pattern.empty());
  const std::optional<Word> word = WordList::Standard().Find(number.text);
  reading.model_token = reading.model_token || (word && word->meaning == WordMeaning::kModelToken);
  return reading;
}

SerialReading ReadPlainSerial(std::string_view text) {
  SerialReading reading;
  reading.verbatim = text;
  reading.status = v1::SERIAL_STATUS_COMPLETE;
  reading.key = text;
  reading.plain_key = text;
  reading.read = static_cast<int>(text.size());
  SerialNumber& number = reading.numbers.emplace_back();
  number.text = text;
  number.marks = text;
  return reading;
}

std::vector<std::string> SpellingsOf(const SerialReading& reading) {
  if (reading.plain_key.empty()) return {};
  return SpellingsOf(reading.numbers[reading.chosen].text, reading.plain_key, kSerialSpellingsMax);
}

std::vector<std::string> SpellingsToAsk(const SerialReading& reading) {
  if (reading.numbers.empty()) return {};
  std::vector<std::string> asked = SpellingsOf(reading);
  asked.insert(asked.end(), reading.alternatives.begin(), reading.alternatives.end());
  asked.emplace_back(Trimmed(reading.verbatim));
  asked.emplace_back(Trimmed(Nfc(reading.verbatim)));
  std::vector<std::string> each_once;
  for (std::string& text : asked) {
    const bool fits = !text.empty() && text.size() <= kSpellingBytesAskedMax;
    const bool there = std::find(each_once.begin(), each_once.end(), text) != each_once.end();
    if (fits && !there) each_once.push_back(std::move(text));
  }
  return each_once;
}

}  // namespace tracegate

#include "adapters/marking/serial_cell_numbers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace tracegate {
namespace {

constexpr size_t kNoteNumberMax = 2;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// `written` has as many characters as `marks` where no separators were dropped; else unknown.
bool IsSmall(std::string_view written, std::string_view marks, size_t at, size_t count) {
  if (written.size() != marks.size()) return false;
  const bool capitals =
      std::any_of(written.begin(), written.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const std::string_view run = written.substr(at, count);
  return run.find_first_not_of('x') == std::string_view::npos && capitals;
}

bool StandsForUnread(const SerialNumber& number, size_t at, size_t count) {
  const std::string& marks = number.marks;
  const bool behind_digit = at > 0 && IsDigit(marks[at - 1]);
  const bool before_digit = at + count < marks.size() && IsDigit(marks[at + count]);
  if (count >= 4 || (count == 3 && behind_digit)) return true;
  return count >= 2 && ((behind_digit && before_digit) || IsSmall(number.text, marks, at, count));
}

void MarkRowsOfX(SerialNumber& number) {
  for (size_t at = number.marks.find('X'); at < number.marks.size();) {
    const size_t end = std::min(number.marks.find_first_not_of('X', at), number.marks.size());
    if (StandsForUnread(number, at, end - at))
      std::fill_n(number.marks.begin() + static_cast<ptrdiff_t>(at), end - at, '?');
    at = number.marks.find('X', end);
  }
}

}  // namespace

void DropNoteNumbers(SerialCell& cell) {
  std::vector<SerialNumber> kept;
  for (SerialNumber& number : cell.numbers) {
    const bool only_unread = number.marks.find_first_not_of("?*") == std::string::npos;
    const bool unread = number.marks.find_first_of("?*") != std::string::npos;
    const bool worded = !number.note.empty() && number.part == v1::WEAPON_PART_UNSPECIFIED;
    const bool note = !unread && worded && number.marks.size() <= kNoteNumberMax;
    const bool aside =
        note || number.remarks.reference || (number.remarks.calibre && cell.numbers.size() > 1);
    if (aside || (only_unread && cell.numbers.size() > 1)) {
      cell.remarks.Add(number.remarks);
    } else {
      kept.push_back(std::move(number));
    }
  }
  cell.numbers = std::move(kept);
}

void MarkCrosses(bool told, SerialCell& cell) {
  for (SerialNumber& number : cell.numbers) MarkRowsOfX(number);
  if (!told) return;
  SerialRemarks all = cell.remarks;
  for (const SerialNumber& number : cell.numbers) all.Add(number.remarks);
  if (!all.illegible && !all.not_told) return;
  for (SerialNumber& number : cell.numbers) {
    std::replace(number.marks.begin(), number.marks.end(), 'X', '?');
  }
}

void MergeRepeats(SerialCell& cell) {
  absl::flat_hash_map<std::string, size_t> first;
  std::vector<SerialNumber> merged;
  for (SerialNumber& number : cell.numbers) {
    const auto [entry, added] = first.emplace(number.marks, merged.size());
    if (added) {
      merged.push_back(std::move(number));
    } else {
      SerialNumber& same = merged[entry->second];
      same.remarks.Add(number.remarks);
      if (!number.note.empty()) same.note += (same.note.empty() ? "" : "; ") + number.note;
      if (number.part == v1::WEAPON_PART_FRAME || number.part == v1::WEAPON_PART_RECEIVER) {
        same.part = number.part;
      }
    }
  }
  cell.numbers = std::move(merged);
}

}  // namespace tracegate

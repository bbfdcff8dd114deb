#include "adapters/marking/serial_cell_numbers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace tracegate {
namespace {

constexpr size_t kNoteNumberMax = 2;

}  // namespace

void DropNoteNumbers(SerialCell& cell) {
  std::vector<SerialNumber> kept;
  for (SerialNumber& number : cell.numbers) {
    const bool only_unread = number.marks.find_first_not_of("?*") == std::string::npos;
    const bool unread = number.marks.find_first_of("?*") != std::string::npos;
    const bool worded = !number.note.empty() && number.part == v1::WEAPON_PART_UNSPECIFIED;
    const bool aside = !unread && worded && number.marks.size() <= kNoteNumberMax;
    if (aside || (only_unread && cell.numbers.size() > 1)) {
      cell.remarks.Add(number.remarks);
    } else {
      kept.push_back(std::move(number));
    }
  }
  cell.numbers = std::move(kept);
}

void MarkCrosses(SerialCell& cell) {
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

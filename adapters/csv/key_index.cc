#include "adapters/csv/key_index.h"

#include <algorithm>
#include <tuple>

namespace tracegate {
namespace {

constexpr size_t kKeysBetweenLooks = 4096;

// Bytes of the character at the front of UTF-8 text, which is not empty.
size_t CharacterBytes(std::string_view text) {
  size_t bytes = 1;
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) ++bytes;
  return bytes;
}

void AddOnce(size_t row, std::vector<size_t>* rows) {
  if (std::find(rows->begin(), rows->end(), row) == rows->end()) rows->push_back(row);
}

}  // namespace

void KeyIndex::Add(std::string_view key, size_t row) {
  if (key.empty()) return;
  entries_.push_back({keys_.size(), static_cast<uint32_t>(key.size()), static_cast<uint32_t>(row)});
  keys_ += key;
}

void KeyIndex::Sort() {
  std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    return std::tuple(KeyOf(a), a.row) < std::tuple(KeyOf(b), b.row);
  });
}

std::vector<KeyIndex::Entry>::const_iterator KeyIndex::FirstFrom(std::string_view key) const {
  return std::lower_bound(
      entries_.begin(), entries_.end(), key,
      [this](const Entry& entry, std::string_view sought) { return KeyOf(entry) < sought; });
}

void KeyIndex::Find(std::string_view key, size_t rows_max, std::vector<size_t>* rows) const {
  for (auto entry = FirstFrom(key); entry != entries_.end() && KeyOf(*entry) == key; ++entry) {
    if (rows->size() >= rows_max) return;
    AddOnce(entry->row, rows);
  }
}

absl::Status KeyIndex::FindPattern(std::string_view pattern, size_t rows_max,
                                   const std::function<absl::Status()>& may_go_on,
                                   std::vector<size_t>* rows) const {
  const std::string_view fixed = pattern.substr(0, pattern.find_first_of("?*"));
  size_t keys = 0;
  for (auto entry = FirstFrom(fixed); entry != entries_.end(); ++entry) {
    if (rows->size() >= rows_max || !KeyOf(*entry).starts_with(fixed)) break;
    if (++keys % kKeysBetweenLooks == 0) {
      if (absl::Status status = may_go_on(); !status.ok()) return status;
    }
    if (FitsPattern(KeyOf(*entry), pattern)) AddOnce(entry->row, rows);
  }
  return absl::OkStatus();
}

bool FitsPattern(std::string_view key, std::string_view pattern) {
  // Where to go on when a character does not fit: behind the last `*`, one character further on in the key.
  std::string_view key_again, pattern_again;
  bool has_run = false;
  while (!key.empty()) {
    if (!pattern.empty() && pattern.front() == '*') {
      pattern.remove_prefix(1);
      has_run = true;
      key_again = key;
      pattern_again = pattern;
    } else if (!pattern.empty() && (pattern.front() == '?' || pattern.front() == key.front())) {
      key.remove_prefix(pattern.front() == '?' ? CharacterBytes(key) : 1);
      pattern.remove_prefix(1);
    } else if (has_run) {
      key_again.remove_prefix(CharacterBytes(key_again));
      key = key_again;
      pattern = pattern_again;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*') == std::string_view::npos;
}

}  // namespace tracegate

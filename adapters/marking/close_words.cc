#include "adapters/marking/close_words.h"

#include <algorithm>
#include <utility>

namespace tracegate {
namespace {

constexpr size_t kBytesMax = 64;

size_t Initial(char c) { return static_cast<unsigned char>(c); }

// What two words have alike at either end holds no slip.
void DropAlikeEnds(std::string_view& one, std::string_view& other) {
  while (!one.empty() && !other.empty() && one.front() == other.front()) {
    one.remove_prefix(1);
    other.remove_prefix(1);
  }
  while (!one.empty() && !other.empty() && one.back() == other.back()) {
    one.remove_suffix(1);
    other.remove_suffix(1);
  }
}

}  // namespace

size_t SlipsBetween(std::string_view one, std::string_view other, size_t most) {
  if (one.size() > other.size() + most || other.size() > one.size() + most) return most + 1;
  DropAlikeEnds(one, other);
  const size_t width = other.size();
  std::array<std::array<size_t, kBytesMax + 1>, 3> rows{};
  size_t* before = rows[0].data();
  size_t* last = rows[1].data();
  size_t* row = rows[2].data();
  for (size_t k = 0; k <= width; ++k) last[k] = k;
  for (size_t i = 1; i <= one.size(); ++i) {
    row[0] = i;
    for (size_t k = 1; k <= width; ++k) {
      const size_t wrong = one[i - 1] == other[k - 1] ? 0 : 1;
      row[k] = std::min({last[k] + 1, row[k - 1] + 1, last[k - 1] + wrong});
      if (i > 1 && k > 1 && one[i - 1] == other[k - 2] && one[i - 2] == other[k - 1])
        row[k] = std::min(row[k], before[k - 2] + 1);
    }
    if (*std::min_element(row, row + width + 1) > most) return most + 1;
    std::swap(before, last);
    std::swap(last, row);
  }
  return std::min(last[width], most + 1);
}

bool CloseWords::IsWord(std::string_view text) const {
  const auto is_letter = [&](char c) { return (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; };
  const auto is_latin = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() >= reach_.one_slip && text.size() <= kBytesMax &&
         (reach_.latin_alone ? std::all_of(text.begin(), text.end(), is_latin)
                             : std::all_of(text.begin(), text.end(), is_letter));
}

void CloseWords::Add(std::string_view word, size_t meaning) {
  if (IsWord(word)) by_initial_[Initial(word.front())].push_back({std::string(word), meaning});
}

std::vector<size_t> CloseWords::Find(std::string_view word) const {
  std::vector<size_t> meanings;
  if (!IsWord(word)) return meanings;
  const auto search = [&](char first, char second) {
    for (const Word& known : by_initial_[Initial(first)]) {
      if (second != 0 && known.letters[1] != second) continue;
      const size_t shorter = std::min(word.size(), known.letters.size());
      const size_t most = shorter < reach_.two_slips ? 1 : 2;
      if (SlipsBetween(word, known.letters, most) <= most) meanings.push_back(known.meaning);
    }
  };
  search(word[0], 0);
  if (word[1] != word[0]) search(word[1], word[0]);
  std::sort(meanings.begin(), meanings.end());
  meanings.erase(std::unique(meanings.begin(), meanings.end()), meanings.end());
  return meanings;
}

std::optional<size_t> CloseWords::FindOne(std::string_view word) const {
  const std::vector<size_t> meanings = Find(word);
  return meanings.size() == 1 ? std::optional(meanings.front()) : std::nullopt;
}

}  // namespace tracegate

#include "adapters/marking/close_names.h"

#include <algorithm>

namespace tracegate {
namespace {

constexpr size_t kOneSlipLetters = 5;
constexpr size_t kTwoSlipsLetters = 9;
constexpr size_t kLettersMax = 32;

bool IsName(std::string_view text) {
  return text.size() >= kOneSlipLetters && text.size() <= kLettersMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

size_t SlipsBetween(std::string_view one, std::string_view other, size_t most) {
  if (one.size() > other.size() + most || other.size() > one.size() + most) return most + 1;
  std::vector<size_t> before(other.size() + 1);
  std::vector<size_t> last(other.size() + 1);
  std::vector<size_t> row(other.size() + 1);
  for (size_t k = 0; k <= other.size(); ++k) last[k] = k;
  for (size_t i = 1; i <= one.size(); ++i) {
    row[0] = i;
    for (size_t k = 1; k <= other.size(); ++k) {
      const size_t wrong = one[i - 1] == other[k - 1] ? 0 : 1;
      row[k] = std::min({last[k] + 1, row[k - 1] + 1, last[k - 1] + wrong});
      if (i > 1 && k > 1 && one[i - 1] == other[k - 2] && one[i - 2] == other[k - 1])
        row[k] = std::min(row[k], before[k - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[other.size()], most + 1);
}

void CloseNames::Add(std::string_view name, size_t id) {
  if (IsName(name)) names_[name.front() - 'A'].push_back({std::string(name), id});
}

std::vector<size_t> CloseNames::Find(std::string_view word) const {
  std::vector<size_t> ids;
  if (!IsName(word)) return ids;
  const auto search = [&](char first, char second) {
    for (const Name& name : names_[first - 'A']) {
      if (second != 0 && name.letters[1] != second) continue;
      const size_t most = std::min(word.size(), name.letters.size()) < kTwoSlipsLetters ? 1 : 2;
      if (SlipsBetween(word, name.letters, most) <= most) ids.push_back(name.id);
    }
  };
  search(word[0], 0);
  if (word[1] != word[0]) search(word[1], word[0]);
  return ids;
}

}  // namespace tracegate

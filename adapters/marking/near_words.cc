#include "adapters/marking/near_words.h"

#include <algorithm>

namespace tracegate {
namespace {

// ASCII letters, or the bytes of letters of other scripts.
bool IsWord(std::string_view word) {
  return word.size() >= NearWords::kLettersMin &&
         std::none_of(word.begin(), word.end(), [](char c) { return c >= 0 && c < 'A'; });
}

}  // namespace

bool WithinOneSlip(std::string_view one, std::string_view other) {
  if (one.size() < other.size()) return WithinOneSlip(other, one);
  if (one.size() - other.size() > 1) return false;
  const auto [from, in_other] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  if (from == one.end()) return true;
  const std::string_view rest = one.substr(static_cast<size_t>(from - one.begin()));
  const std::string_view other_rest = other.substr(static_cast<size_t>(in_other - other.begin()));
  if (one.size() > other.size()) return rest.substr(1) == other_rest;
  if (rest.substr(1) == other_rest.substr(1)) return true;
  return rest.size() >= 2 && rest[0] == other_rest[1] && rest[1] == other_rest[0] &&
         rest.substr(2) == other_rest.substr(2);
}

void NearWords::Add(const std::string& word, size_t meaning) {
  if (IsWord(word)) by_initial_[word.front()].push_back({word, meaning});
}

std::optional<size_t> NearWords::Find(std::string_view word) const {
  if (!IsWord(word)) return std::nullopt;
  const auto group = by_initial_.find(word.front());
  if (group == by_initial_.end()) return std::nullopt;
  std::optional<size_t> meaning;
  for (const Word& known : group->second) {
    if (!WithinOneSlip(known.letters, word)) continue;
    if (meaning.has_value() && *meaning != known.meaning) return std::nullopt;
    meaning = known.meaning;
  }
  return meaning;
}

}  // namespace tracegate

#include "adapters/marking/confusion.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "adapters/marking/characters.h"

namespace tracegate {
namespace {

// Costs are counted in twentieths, which a byte holds.
constexpr double kWhole = 20;
constexpr uint8_t kCostMax = 20;
constexpr uint8_t kSwapCost = 7;
constexpr uint8_t kLeadingZeroCost = 8;
constexpr uint8_t kAffixCost = 6;        // of one letter
constexpr uint8_t kAffixLetterCost = 1;  // of each further one
constexpr uint8_t kDoubledCost = 16;     // the character too many repeats its neighbour
constexpr uint8_t kOneCharacterCost = 20;
constexpr uint8_t kNever = 100;
constexpr size_t kAffixLettersMax = 4;
constexpr size_t kLicenceDigits = 8;  // 27 CFR 478.92, since 2022
constexpr size_t kSharedMin = 4;      // fewer characters alike say nothing

struct Class {
  std::string_view members;  // each may be taken for each other
  uint8_t cost;
};

// Upper-case characters that are taken for one another, by shape, by a turned weapon, by a shallow
// stamp (domain reference, 6.1). The cheapest class that holds a pair counts.
constexpr Class kClasses[] = {
    {"0O", 2},  {"1I", 2},  {"1L", 4},  {"IL", 4},  {"5S", 3},  {"2Z", 3},  {"8B", 3},  {"0OQD", 6},
    {"6G", 6},  {"6B", 8},  {"UV", 6},  {"4A", 8},  {"3E", 8},  {"9G", 8},  {"9Q", 8},  {"MN", 8},
    {"KX", 8},  {"PR", 6},  {"EF", 6},  {"VY", 8},  {"38", 6},  {"3B", 8},  {"69", 10}, {"MW", 10},
    {"NZ", 10}, {"17", 10}, {"IJ", 10}, {"1J", 10}, {"1T", 10}, {"IT", 10}, {"7T", 10}, {"0C", 10},
    {"OC", 10}, {"OG", 10}, {"0G", 10}, {"CG", 8},  {"DG", 10}, {"CQ", 10}, {"GQ", 10}, {"CD", 10},
};

using CostTable = std::array<std::array<uint8_t, 128>, 128>;

constexpr CostTable MakeCosts() {
  CostTable costs{};
  for (size_t i = 0; i < costs.size(); ++i) {
    for (uint8_t& cost : costs[i]) cost = kNever;
    costs[i][i] = 0;
  }
  for (const Class& row : kClasses) {
    for (const char one : row.members) {
      for (const char other : row.members) {
        uint8_t& cost = costs[static_cast<size_t>(one)][static_cast<size_t>(other)];
        cost = std::min(cost, row.cost);
      }
    }
  }
  return costs;
}

constexpr CostTable kCosts = MakeCosts();

uint8_t CostOf(char32_t one, char32_t other) {
  if (one == other) return 0;
  return one < 128 && other < 128 ? kCosts[one][other] : kNever;
}

Slip SlipOf(SlipKind kind, size_t cost) { return {kind, static_cast<double>(cost) / kWhole}; }

bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }

template <typename View>
View WithoutLeadingZeros(View key) {
  while (!key.empty() && key.front() == '0') key.remove_prefix(1);
  return key;
}

// Two keys of one length.
template <typename View>
std::optional<Slip> CompareInPlace(View one, View other) {
  SlipKind kind = SlipKind::kConfused;
  size_t cost = 0;
  for (size_t i = 0; i < one.size(); ++i) {
    if (one[i] == other[i]) continue;
    const size_t confused = CostOf(one[i], other[i]);
    const bool swapped = i + 1 < one.size() && one[i] == other[i + 1] && one[i + 1] == other[i];
    if (swapped && kSwapCost < 2 * confused) {
      if (kind == SlipKind::kSwapped) return std::nullopt;  // nobody swaps twice
      kind = SlipKind::kSwapped;
      cost += kSwapCost;
      ++i;
    } else {
      cost += confused;
    }
    if (cost > kCostMax) return std::nullopt;
  }
  return SlipOf(kind, cost);
}

// `rest` is what `longer` has besides `shorter`, all of it before or behind.
template <typename View>
std::optional<Slip> CompareAffix(View rest, bool before) {
  if (before && rest.size() == kLicenceDigits && std::all_of(rest.begin(), rest.end(), IsDigit))
    return SlipOf(SlipKind::kAffix, kAffixCost);
  if (rest.size() > kAffixLettersMax || std::any_of(rest.begin(), rest.end(), IsDigit))
    return std::nullopt;
  return SlipOf(SlipKind::kAffix, kAffixCost + kAffixLetterCost * (rest.size() - 1));
}

template <typename View>
std::optional<Slip> CompareLonger(View longer, View shorter) {
  const View bare = WithoutLeadingZeros(shorter);
  if (!bare.empty() && WithoutLeadingZeros(longer) == bare)
    return SlipOf(SlipKind::kLeadingZeros, kLeadingZeroCost);
  if (shorter.size() < kSharedMin) return std::nullopt;
  const size_t more = longer.size() - shorter.size();
  std::optional<Slip> slip;
  if (longer.substr(more) == shorter) slip = CompareAffix(longer.substr(0, more), true);
  if (!slip && longer.substr(0, shorter.size()) == shorter)
    slip = CompareAffix(longer.substr(shorter.size()), false);
  if (slip || more != 1 || shorter.size() <= kSharedMin) return slip;
  const auto [differs, unused] = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  const size_t at = static_cast<size_t>(differs - shorter.begin());
  if (longer.substr(at + 1) != shorter.substr(at)) return std::nullopt;
  const bool doubled = at > 0 && longer[at] == longer[at - 1];
  return SlipOf(SlipKind::kOneCharacter, doubled ? kDoubledCost : kOneCharacterCost);
}

bool CanBeOne(char32_t one, char32_t other) { return one == other || one == U'?' || other == U'?'; }

// `pattern` may hold runs, `text` none. The classic walk that goes back to the last run only.
template <typename View>
bool RunsMatch(View pattern, View text) {
  size_t p = 0;
  size_t t = 0;
  size_t run = View::npos;
  size_t run_end = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      run = p++;
      run_end = t;
    } else if (p < pattern.size() && CanBeOne(pattern[p], text[t])) {
      ++p;
      ++t;
    } else if (run != View::npos) {
      p = run + 1;
      t = ++run_end;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// Both hold runs: what stands before the first and behind the last run must agree.
template <typename View>
bool EndsAgree(View one, View other) {
  for (size_t i = 0; i < one.size() && i < other.size(); ++i) {
    if (one[i] == '*' || other[i] == '*') break;
    if (!CanBeOne(one[i], other[i])) return false;
  }
  for (size_t i = 1; i <= one.size() && i <= other.size(); ++i) {
    const auto a = one[one.size() - i];
    const auto b = other[other.size() - i];
    if (a == '*' || b == '*') break;
    if (!CanBeOne(a, b)) return false;
  }
  return true;
}

}  // namespace

std::optional<Slip> SlipBetween(std::string_view key, std::string_view other) {
  if (key == other) return Slip();
  if (std::max(key.size(), other.size()) > 4 * kComparedCharactersMax) return std::nullopt;
  return OnCharacters(key, other, [](auto one, auto two) {
    if (one.size() == two.size()) return CompareInPlace(one, two);
    return one.size() > two.size() ? CompareLonger(one, two) : CompareLonger(two, one);
  });
}

std::optional<double> ConfusionOf(std::string_view key, std::string_view other) {
  const std::optional<Slip> slip = SlipBetween(key, other);
  return slip ? std::optional<double>(slip->cost) : std::nullopt;
}

bool AreConfusable(char one, char other) {
  return ((one | other) & 0x80) == 0 && CostOf(one, other) < kNever;
}

bool PatternsAgree(std::string_view pattern, std::string_view other) {
  if (std::max(pattern.size(), other.size()) > 4 * kComparedCharactersMax) return pattern == other;
  return OnCharacters(pattern, other, [](auto one, auto two) {
    const bool one_runs = one.find('*') != one.npos;
    const bool two_runs = two.find('*') != two.npos;
    if (one_runs && two_runs) return EndsAgree(one, two);
    return two_runs ? RunsMatch(two, one) : RunsMatch(one, two);
  });
}

std::string ConfusedPairs(std::string_view key, std::string_view other) {
  std::string pairs;
  if (key.size() != other.size()) return pairs;
  for (size_t i = 0; i < key.size(); ++i) {
    if (key[i] == other[i] || ((key[i] | other[i]) & 0x80) != 0) continue;
    const bool swapped = i + 1 < key.size() && key[i] == other[i + 1] && key[i + 1] == other[i];
    const size_t characters = swapped ? 2 : 1;
    if (!pairs.empty()) pairs += ", ";
    pairs.append(key.substr(i, characters)).append("/").append(other.substr(i, characters));
    i += characters - 1;
  }
  return pairs;
}

}  // namespace tracegate

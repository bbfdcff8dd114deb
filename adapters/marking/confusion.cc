#include "adapters/marking/confusion.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>

namespace tracegate {
namespace {

constexpr double kCostMax = 1.0;
constexpr double kLeadingZeroCost = 0.4;
constexpr double kNever = 9.0;

struct Class {
  std::string_view members;  // each may be taken for each other
  double cost;
};

// Upper-case characters that are taken for one another, by shape, by a turned weapon, by a shallow
// stamp (domain reference, 6.1). The cheapest class that holds a pair counts.
constexpr Class kClasses[] = {
    {"0O", 0.1},   {"1I", 0.1}, {"1L", 0.2}, {"IL", 0.2}, {"5S", 0.15}, {"2Z", 0.15}, {"8B", 0.15},
    {"0OQD", 0.3}, {"6G", 0.3}, {"UV", 0.3}, {"4A", 0.4}, {"3E", 0.4},  {"9G", 0.4},  {"9Q", 0.4},
    {"MN", 0.4},   {"KX", 0.4}, {"PR", 0.3}, {"EF", 0.3}, {"VY", 0.4},  {"38", 0.3},  {"3B", 0.4},
    {"69", 0.5},   {"MW", 0.5}, {"NZ", 0.5}, {"17", 0.5}, {"IJ", 0.5},  {"1J", 0.5},  {"1T", 0.5},
    {"IT", 0.5},   {"7T", 0.5}, {"0C", 0.5}, {"OC", 0.5}, {"OG", 0.5},  {"0G", 0.5},  {"CG", 0.4},
    {"DG", 0.5},   {"CQ", 0.5}, {"GQ", 0.5}, {"CD", 0.5},
};

using CostTable = std::array<std::array<double, 128>, 128>;

const CostTable& Costs() {
  static const CostTable* const kCosts = [] {
    auto* costs = new CostTable;
    for (auto& row : *costs) row.fill(kNever);
    for (const Class& row : kClasses) {
      for (const char one : row.members) {
        for (const char other : row.members) {
          double& cost = (*costs)[static_cast<size_t>(one)][static_cast<size_t>(other)];
          cost = std::min(cost, row.cost);
        }
      }
    }
    return costs;
  }();
  return *kCosts;
}

double CostOf(char32_t one, char32_t other) {
  if (one == other) return 0;
  return one < 128 && other < 128 ? Costs()[one][other] : kNever;
}

std::u32string Characters(std::string_view text) {
  std::u32string characters;
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    characters += c < 0 ? U'?' : static_cast<char32_t>(c);
  }
  return characters;
}

std::string_view WithoutLeadingZeros(std::string_view key) {
  return key.substr(std::min(key.find_first_not_of('0'), key.size()));
}

bool CanBeOne(char32_t one, char32_t other) { return one == other || one == U'?' || other == U'?'; }

// `pattern` may hold runs, `text` none. The classic walk that goes back to the last run only.
bool RunsMatch(const std::u32string& pattern, const std::u32string& text) {
  size_t p = 0;
  size_t t = 0;
  size_t run = std::u32string::npos;
  size_t run_end = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == U'*') {
      run = p++;
      run_end = t;
    } else if (p < pattern.size() && CanBeOne(pattern[p], text[t])) {
      ++p;
      ++t;
    } else if (run != std::u32string::npos) {
      p = run + 1;
      t = ++run_end;
    } else {
      return false;
    }
  }
  return std::all_of(pattern.begin() + static_cast<ptrdiff_t>(p), pattern.end(),
                     [](char32_t c) { return c == U'*'; });
}

// Both hold runs: what stands before the first and behind the last run must agree.
bool EndsAgree(const std::u32string& one, const std::u32string& other) {
  for (size_t i = 0; i < one.size() && i < other.size(); ++i) {
    if (one[i] == U'*' || other[i] == U'*') break;
    if (!CanBeOne(one[i], other[i])) return false;
  }
  for (size_t i = 1; i <= one.size() && i <= other.size(); ++i) {
    const char32_t a = one[one.size() - i];
    const char32_t b = other[other.size() - i];
    if (a == U'*' || b == U'*') break;
    if (!CanBeOne(a, b)) return false;
  }
  return true;
}

}  // namespace

std::optional<double> ConfusionOf(std::string_view key, std::string_view other) {
  if (key == other) return 0;
  if (std::max(key.size(), other.size()) > 4 * kComparedCharactersMax) return std::nullopt;
  const std::string_view bare = WithoutLeadingZeros(key);
  if (!bare.empty() && bare == WithoutLeadingZeros(other)) return kLeadingZeroCost;
  const std::u32string one = Characters(key);
  const std::u32string two = Characters(other);
  if (one.size() != two.size()) return std::nullopt;
  double cost = 0;
  for (size_t i = 0; i < one.size(); ++i) {
    cost += CostOf(one[i], two[i]);
    if (cost > kCostMax) return std::nullopt;
  }
  return cost;
}

bool PatternsAgree(std::string_view pattern, std::string_view other) {
  if (std::max(pattern.size(), other.size()) > 4 * kComparedCharactersMax) return pattern == other;
  const std::u32string one = Characters(pattern);
  const std::u32string two = Characters(other);
  const bool one_runs = one.find(U'*') != std::u32string::npos;
  const bool two_runs = two.find(U'*') != std::u32string::npos;
  if (one_runs && two_runs) return EndsAgree(one, two);
  return two_runs ? RunsMatch(two, one) : RunsMatch(one, two);
}

std::string ConfusedPairs(std::string_view key, std::string_view other) {
  std::string pairs;
  if (key.size() != other.size()) return pairs;
  for (size_t i = 0; i < key.size(); ++i) {
    if (key[i] == other[i] || ((key[i] | other[i]) & 0x80) != 0) continue;
    if (!pairs.empty()) pairs += ", ";
    pairs.append(1, key[i]).append(1, '/').append(1, other[i]);
  }
  return pairs;
}

}  // namespace tracegate

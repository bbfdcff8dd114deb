#include "protos/tracegate/config/nearest_word.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tracegate {
namespace {

constexpr size_t kComparedBytesMax = 64;
constexpr size_t kListedMax = 12;

// Levenshtein's distance, one row at a time.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string NearestWord(std::string_view word, const std::vector<std::string>& known) {
  if (word.size() > kComparedBytesMax) return "";
  std::string nearest;
  size_t least = std::max<size_t>(word.size() / 3, 1) + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > kComparedBytesMax) continue;
    const size_t distance = Distance(word, candidate);
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string InsteadOf(std::string_view word, const std::vector<std::string>& known) {
  const std::string nearest = NearestWord(word, known);
  if (!nearest.empty()) return "; did you mean '" + nearest + "'?";
  std::string list;
  for (size_t i = 0; i < std::min(known.size(), kListedMax); ++i) {
    list += (i == 0 ? "" : ", ") + known[i];
  }
  if (known.size() > kListedMax) list += ", ...";
  return "; expected one of " + list;
}

}  // namespace tracegate

#include "adapters/http/link_header.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace tracegate {
namespace {

constexpr std::string_view kBlanks = " \t";

void SkipBlanks(std::string_view* rest) {
  rest->remove_prefix(std::min(rest->find_first_not_of(kBlanks), rest->size()));
}

bool Take(char c, std::string_view* rest) {
  SkipBlanks(rest);
  if (rest->empty() || rest->front() != c) return false;
  rest->remove_prefix(1);
  return true;
}

std::string_view TakeUntil(std::string_view ends, std::string_view* rest) {
  const std::string_view taken = rest->substr(0, rest->find_first_of(ends));
  rest->remove_prefix(taken.size());
  return taken;
}

// A quoted string without its quotes, a backslash standing for what is behind it; or what comes before a separator.
std::string TakeValue(std::string_view* rest) {
  if (!Take('"', rest)) return std::string(TakeUntil(";, \t", rest));
  std::string value;
  while (!rest->empty() && rest->front() != '"') {
    if (rest->front() == '\\' && rest->size() > 1) rest->remove_prefix(1);
    value += rest->front();
    rest->remove_prefix(1);
  }
  Take('"', rest);
  return value;
}

// Relations are words with blanks between them, in any case.
bool HasNext(std::string_view relations) {
  while (!relations.empty()) {
    SkipBlanks(&relations);
    const std::string_view word = TakeUntil(kBlanks, &relations);
    if (absl::EqualsIgnoreCase({word.data(), word.size()}, "next")) return true;
  }
  return false;
}

// The parameters of one link, up to the comma behind it; whether they say `rel=next`.
bool TakeParameters(std::string_view* rest) {
  bool is_next = false;
  bool has_relation = false;
  while (Take(';', rest)) {
    SkipBlanks(rest);
    const std::string_view name = TakeUntil("=;, \t", rest);
    const std::string value = Take('=', rest) ? (SkipBlanks(rest), TakeValue(rest)) : "";
    // Only the first counts (RFC 8288, 3.3).
    if (has_relation || !absl::EqualsIgnoreCase({name.data(), name.size()}, "rel")) continue;
    has_relation = true;
    is_next = HasNext(value);
  }
  return is_next;
}

}  // namespace

std::optional<std::string> NextLink(std::string_view header) {
  do {
    if (!Take('<', &header)) return std::nullopt;
    const std::string_view address = TakeUntil(">", &header);
    if (!Take('>', &header)) return std::nullopt;
    if (TakeParameters(&header)) return std::string(address);
  } while (Take(',', &header));
  return std::nullopt;
}

}  // namespace tracegate

#include "adapters/marking/serial_pattern.h"

#include <algorithm>
#include <utility>

namespace tracegate {
namespace {

constexpr size_t kPatternBytesMax = 64;
constexpr size_t kFormsMax = 16;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }

bool Takes(char kind, std::string_view members, char c) {
  switch (kind) {
    case 'a': return IsLetter(c);
    case 'n':
    case 'y': return IsDigit(c);
    default: return members.find(c) != std::string_view::npos;
  }
}

// The pattern without brackets, once for each choice of them.
absl::StatusOr<std::vector<std::string>> ChoicesOf(std::string_view text) {
  std::vector<std::string> choices{""};
  const auto append = [&](std::string_view piece) {
    for (std::string& choice : choices) choice += piece;
  };
  while (!text.empty()) {
    const size_t open = std::min(text.find_first_of("()"), text.size());
    append(text.substr(0, open));
    text.remove_prefix(open);
    if (text.empty()) break;
    const size_t close = text.find_first_of("()", 1);
    if (text[0] != '(' || close == std::string_view::npos || text[close] != ')')
      return absl::InternalError("has a bracket without its other half");
    std::vector<std::string> without = choices;
    append(text.substr(1, close - 1));
    for (std::string& choice : without) {
      if (std::find(choices.begin(), choices.end(), choice) == choices.end())
        choices.push_back(std::move(choice));
    }
    if (choices.size() > kFormsMax) return absl::InternalError("has too many brackets");
    text.remove_prefix(close + 1);
  }
  return choices;
}

}  // namespace

absl::StatusOr<SerialPattern> SerialPattern::Parse(std::string_view text) {
  if (text.size() > kPatternBytesMax) return absl::InternalError("is too long");
  const auto choices = ChoicesOf(text);
  if (!choices.ok()) return choices.status();
  SerialPattern pattern;
  for (const std::string& choice : *choices) {
    std::vector<Place> form;
    for (size_t i = 0; i < choice.size(); ++i) {
      const char c = choice[i];
      if (c == ' ') continue;
      if (c == '[') {
        const size_t close = choice.find(']', i);
        if (close == std::string::npos || close == i + 1)
          return absl::InternalError("has a set without its end or members");
        form.push_back({'[', choice.substr(i + 1, close - i - 1)});
        i = close;
      } else if (c == 'a' || c == 'n' || c == 'y') {
        form.push_back({c, ""});
      } else if (IsLetter(c) || IsDigit(c)) {
        form.push_back({0, std::string(1, c)});
      } else {
        return absl::InternalError("has a character that means nothing");
      }
    }
    if (form.empty()) return absl::InternalError("fits what is empty");
    pattern.forms_.push_back(std::move(form));
  }
  return pattern;
}

SerialPattern::Fit SerialPattern::Match(std::string_view key) const {
  for (const std::vector<Place>& form : forms_) {
    if (form.size() != key.size()) continue;
    Fit fit;
    fit.fits = true;
    for (size_t i = 0; fit.fits && i < form.size(); ++i) {
      fit.fits = Takes(form[i].kind, form[i].members, key[i]);
      if (form[i].kind == 'y') fit.year_digits += key[i];
      if (form[i].kind == '[') fit.letters += key[i];
    }
    if (fit.fits) return fit;
  }
  return Fit();
}

}  // namespace tracegate

#include "adapters/marking/serial_set.h"

#include <algorithm>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/confusion.h"
#include "adapters/marking/mark_characters.h"

namespace tracegate {
namespace {

constexpr size_t kContentBytesMax = 24;
constexpr size_t kMembersMax = 6;
constexpr std::string_view kOr[] = {"/", ",", "|", " ou ", " or ", " o ", " oder ", " или "};

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char ClosingOf(char open) {
  switch (open) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    default: return 0;
  }
}

// "3/8", "3, 8", "3 ou 8" as "38"; empty where it is anything but single characters.
std::string Separated(std::string_view content) {
  std::string members;
  while (!content.empty() && IsAlnum(content[0])) {
    members += content[0];
    content.remove_prefix(1);
    if (content.empty()) return members;
    const auto* const sign = std::find_if(std::begin(kOr), std::end(kOr), [&](std::string_view s) {
      return content.substr(0, s.size()) == s;
    });
    if (sign == std::end(kOr)) return "";
    content.remove_prefix(sign->size());
    if (*sign == "," && content.substr(0, 1) == " ") content.remove_prefix(1);
  }
  return "";
}

bool AreAllConfusable(std::string_view members) {
  for (const char one : members) {
    for (const char other : members) {
      if (!AreConfusable(one, other)) return false;
    }
  }
  return true;
}

}  // namespace

SerialSet SerialSetAt(std::string_view text, size_t position) {
  const char close = ClosingOf(text[position]);
  if (close == 0) return {};
  const std::string_view inside = text.substr(position + 1, kContentBytesMax);
  const std::string_view content = inside.substr(0, inside.find(close));
  if (content.empty() || content.size() == inside.size()) return {};
  const size_t after = position + content.size() + 2;
  const bool left = position > 0 && IsAlnum(text[position - 1]);
  const bool right = after < text.size() && IsAlnum(text[after]);
  if (!left && !right) return {};

  std::string members = UpperCaseAscii(Separated(content));
  const bool round = text[position] == '(';
  if (members.size() == 1 && round && !(left && right)) return {};  // "AB12(3)": a note as often
  if (members.size() > kMembersMax) return {};
  if (!members.empty()) return {content.size() + 2, std::move(members)};
  if (round || content.size() > kMembersMax ||
      !std::all_of(content.begin(), content.end(), IsAlnum))
    return {};
  members = UpperCaseAscii(content);
  if (!AreAllConfusable(members)) members.clear();
  return {content.size() + 2, std::move(members)};
}

std::vector<std::string> AlternativesOf(std::string_view text) {
  std::vector<std::string> choices{""};
  bool any = false;
  size_t start = 0;
  for (size_t i = 0; i < text.size();) {
    const SerialSet set = SerialSetAt(text, i);
    if (set.bytes == 0) {
      ++i;
      continue;
    }
    if (set.members.empty() || choices.size() * set.members.size() > kAlternativesMax) return {};
    any = true;
    std::vector<std::string> longer;
    for (const std::string& choice : choices) {
      for (const char member : set.members) {
        longer.push_back(choice + MarkCharacters(text.substr(start, i - start)) + member);
      }
    }
    choices = std::move(longer);
    i += set.bytes;
    start = i;
  }
  if (!any) return {};
  const std::string rest = MarkCharacters(text.substr(start));
  for (std::string& choice : choices) {
    choice += rest;
    if (choice.find_first_of("?*") != std::string::npos) return {};
  }
  return choices;
}

}  // namespace tracegate

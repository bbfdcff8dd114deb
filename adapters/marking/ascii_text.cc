#include "adapters/marking/ascii_text.h"

#include <algorithm>

namespace tracegate {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsUpperLetter(char c) { return c >= 'A' && c <= 'Z'; }

char UpperOf(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

bool IsAscii(std::string_view text) {
  // Without a way out in the middle, so that many bytes are looked at in one step.
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

bool HasDigit(std::string_view text) { return std::any_of(text.begin(), text.end(), IsDigit); }

std::string UpperCaseAscii(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), UpperOf);
  return upper;
}

std::string FoldAscii(std::string_view text, bool keep_spaces) {
  std::string folded;
  folded.reserve(text.size());
  bool apart = false;
  for (const char c : text) {
    const char upper = UpperOf(c);
    if (!IsDigit(upper) && !IsUpperLetter(upper)) {
      apart = true;
      continue;
    }
    if (apart && keep_spaces && !folded.empty()) folded += ' ';
    folded += upper;
    apart = false;
  }
  return folded;
}

bool HasAsciiLetter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return IsUpperLetter(UpperOf(c)); });
}

}  // namespace tracegate

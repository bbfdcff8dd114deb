#include <algorithm>

#include "adapters/marking/calibres.h"
#include "adapters/marking/look_alike.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTimes = "\u00D7";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsWordByte(char c) { return IsDigit(c) || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

// Capitals, Latin letters for Cyrillic look-alikes (the х of a Cyrillic keyboard), every times sign
// an X.
std::string Levelled(std::string_view text) {
  std::string upper = LatinByLook(UpperCase(Nfc(text)));
  std::string level;
  level.reserve(upper.size());
  for (size_t i = 0; i < upper.size(); ++i) {
    if (std::string_view(upper).substr(i, kTimes.size()) == kTimes) {
      level += 'X';
      i += kTimes.size() - 1;
    } else {
      level += upper[i] == '*' ? 'X' : upper[i];
    }
  }
  return level;
}

// Takes a number off the front: its decimal sign a point, no "0." before it, no zeros behind its
// point.
std::string TakeNumber(std::string_view text, size_t& i) {
  std::string whole;
  std::string part;
  while (i < text.size() && IsDigit(text[i])) whole += text[i++];
  if (i + 1 < text.size() && (text[i] == '.' || text[i] == ',') && IsDigit(text[i + 1])) {
    ++i;
    while (i < text.size() && IsDigit(text[i])) part += text[i++];
  }
  if (whole == "0" && !part.empty()) return part;
  while (!part.empty() && part.back() == '0') part.pop_back();
  if (!part.empty()) whole.append(1, '.').append(part);
  return whole;
}

bool IsNoise(std::string_view word) {
  return word == "MM" || word == "CAL" || word == "CALIBRE" || word == "CALIBER" || word == "KAL" ||
         word == "KALIBER";
}

}  // namespace

std::string FoldCalibre(std::string_view text) {
  const std::string level = Levelled(text);
  const std::string_view rest = level;
  std::string folded;
  bool after_number = false;
  for (size_t i = 0; i < rest.size();) {
    if (IsDigit(rest[i])) {
      folded += TakeNumber(rest, i);
      after_number = true;
    } else if (IsWordByte(rest[i])) {
      const size_t start = i;
      while (i < rest.size() && IsWordByte(rest[i]) && !IsDigit(rest[i])) ++i;
      std::string word = FoldWord(rest.substr(start, i - start));
      if (after_number && word == "MMX") word.assign(1, 'X');
      if (!IsNoise(word)) folded += word;
      after_number = after_number && word == "MM";
    } else {
      // "12/70", "30-06" and "9x19" name a bore and a length alike.
      const bool joins = after_number && (rest[i] == '/' || rest[i] == '-') &&
                         i + 1 < rest.size() && (IsDigit(rest[i + 1]) || rest[i + 1] == '.');
      if (joins) folded += 'X';
      ++i;
    }
  }
  return folded;
}

}  // namespace tracegate

#ifndef TRACEGATE_ADAPTERS_MARKING_ASCII_TEXT_H_
#define TRACEGATE_ADAPTERS_MARKING_ASCII_TEXT_H_

#include <string>
#include <string_view>

namespace tracegate {

// The short way of text.h: text of ASCII alone, which is nearly all that is read, comes to the same
// bytes without Unicode's tables.
//
// Thread safety: all functions may be called from any thread. All from UpperCaseAscii on expect ASCII.

// Whether no byte is past 0x7F. Zero bytes and controls are ASCII.
bool IsAscii(std::string_view text);

// Whether a byte is a letter or a digit. No sign of another kind begins with one.
inline bool IsAsciiAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Whether the text has one of the digits 0 to 9.
bool HasDigit(std::string_view text);

// As UpperCase.
std::string UpperCaseAscii(std::string_view text);

// As FoldPhrase with `keep_spaces`, else as FoldWord.
std::string FoldAscii(std::string_view text, bool keep_spaces);

// Whether the text has a letter, which can be of no script but Latin.
bool HasAsciiLetter(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_ASCII_TEXT_H_

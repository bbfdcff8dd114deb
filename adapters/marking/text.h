#ifndef TRACEGATE_ADAPTERS_MARKING_TEXT_H_
#define TRACEGATE_ADAPTERS_MARKING_TEXT_H_

#include <string>
#include <string_view>

namespace tracegate {

// How text off a weapon or out of a registry is brought to one form. Nothing here replaces what was
// read: callers keep the verbatim text and put these forms beside it.
//
// Thread safety: all functions may be called from any thread. Each takes any bytes at all, in time
// linear in their number; bytes that are no UTF-8 become U+FFFD. Whether text is UTF-8, and up to
// which byte, is told by protos/tracegate/utf8.h.

// Unicode NFC. Text with more than 30 combining marks in a row is no writing (UAX #15, stream-safe
// format) and is returned as it is: ordering such a row takes time in its square.
std::string Nfc(std::string_view text);

// Upper case by Unicode's full mapping and no language's rules ("straße" -> "STRASSE").
std::string UpperCase(std::string_view text);

// The form in which words are looked up: upper case, compatibility forms and diacritics folded
// ("Tchecoslováquia" -> "TCHECOSLOVAQUIA", full-width to ASCII), digits of every script as ASCII,
// and nothing but letters and digits. Letters stay in their script.
std::string FoldWord(std::string_view text);

// Like FoldWord, with a single space where the words were apart, none at the ends.
std::string FoldPhrase(std::string_view text);

// ISO 15924 code of the script of the letters ("Latn", "Cyrl", "Grek", "Arab", "Hani").
// "Zyyy" where there are no letters, or letters of several scripts: see MixesScripts. Digits of the
// Arabic and Persian forms count as Arab. Empty for empty text.
std::string ScriptOf(std::string_view text);

// True where letters of several scripts stand in one text: on a weapon, a misreading more often
// than not.
bool MixesScripts(std::string_view text);

// Without spaces and controls at either end.
std::string_view Trimmed(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_TEXT_H_

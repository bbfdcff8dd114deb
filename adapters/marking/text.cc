#include "adapters/marking/text.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "adapters/marking/ascii_text.h"
#include "adapters/marking/look_alike.h"

namespace tracegate {
namespace {

constexpr int kCombiningMarksMax = 30;

icu::UnicodeString Decode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string Encode(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

bool HasEndlessMarks(const icu::UnicodeString& text) {
  int run = 0;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    run = u_getCombiningClass(text.char32At(i)) == 0 ? 0 : run + 1;
    if (run > kCombiningMarksMax) return true;
  }
  return false;
}

bool IsDropped(UChar32 c) {
  constexpr UChar32 kTatweel = 0x0640;  // stretches an Arabic word, changes nothing
  const int8_t category = u_charType(c);
  return category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || c == kTatweel;
}

// Appends the folded letters and digits of `c`; true where it is one.
bool AppendFolded(UChar32 c, icu::UnicodeString& out) {
  if (const int32_t digit = u_charDigitValue(c); digit >= 0) {
    out.append(static_cast<UChar>('0' + digit));
    return true;
  }
  if (const std::string_view ascii = AsciiOfLatin(static_cast<char32_t>(c)); !ascii.empty()) {
    out.append(Decode(ascii));
    return true;
  }
  if (u_isalnum(c)) {
    out.append(c);
    return true;
  }
  return false;
}

// One code point at a time: decomposing needs no reordering when the marks are dropped anyway.
std::string Fold(std::string_view text, bool keep_spaces) {
  if (IsAscii(text)) return FoldAscii(text, keep_spaces);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  icu::UnicodeString source = Decode(text);
  source.toUpper(icu::Locale::getRoot());
  icu::UnicodeString folded;
  icu::UnicodeString parts;
  bool apart = false;
  for (int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
    const UChar32 c = source.char32At(i);
    if (U_FAILURE(error) || !nfkd->getDecomposition(c, parts)) parts.setTo(c);
    for (int32_t k = 0; k < parts.length(); k = parts.moveIndex32(k, 1)) {
      const UChar32 part = u_toupper(parts.char32At(k));
      if (IsDropped(part)) continue;
      const int32_t before = folded.length();
      if (!AppendFolded(part, folded)) {
        apart = true;
        continue;
      }
      if (apart && keep_spaces && before > 0) folded.insert(before, static_cast<UChar>(' '));
      apart = false;
    }
  }
  return Encode(folded);
}

bool IsArabicDigit(UChar32 c) {
  return (c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9);
}

// The first script met, and whether there is a second.
struct Scripts {
  UScriptCode first = USCRIPT_COMMON;
  bool mixed = false;
};

Scripts ScriptsOf(std::string_view text) {
  if (IsAscii(text)) return {HasAsciiLetter(text) ? USCRIPT_LATIN : USCRIPT_COMMON, false};
  const icu::UnicodeString source = Decode(text);
  Scripts scripts;
  for (int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
    const UChar32 c = source.char32At(i);
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = u_isalpha(c) ? uscript_getScript(c, &error) : USCRIPT_COMMON;
    if (IsArabicDigit(c)) script = USCRIPT_ARABIC;
    if (U_FAILURE(error) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED) continue;
    if (scripts.first == USCRIPT_COMMON) scripts.first = script;
    if (scripts.first != script) scripts.mixed = true;
  }
  return scripts;
}

}  // namespace

std::string Nfc(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  const icu::UnicodeString source = Decode(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error) || HasEndlessMarks(source)) return Encode(source);
  const icu::UnicodeString normal = nfc->normalize(source, error);
  return Encode(U_FAILURE(error) ? source : normal);
}

std::string UpperCase(std::string_view text) {
  if (IsAscii(text)) return UpperCaseAscii(text);
  icu::UnicodeString source = Decode(text);
  return Encode(source.toUpper(icu::Locale::getRoot()));
}

std::string FoldWord(std::string_view text) { return Fold(text, false); }

std::string FoldPhrase(std::string_view text) { return Fold(text, true); }

std::string ScriptOf(std::string_view text) {
  if (text.empty()) return "";
  const Scripts scripts = ScriptsOf(text);
  if (scripts.mixed || scripts.first == USCRIPT_COMMON) return "Zyyy";
  return uscript_getShortName(scripts.first);
}

bool MixesScripts(std::string_view text) { return ScriptsOf(text).mixed; }

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  const auto blank = [](char c) { return (c >= 0 && c <= ' ') || c == 0x7F; };
  while (!text.empty()) {
    if (blank(text.front())) {
      text.remove_prefix(1);
    } else if (blank(text.back())) {
      text.remove_suffix(1);
    } else if (text.substr(0, 2) == kNoBreakSpace) {
      text.remove_prefix(2);
    } else if (text.size() >= 2 && text.substr(text.size() - 2) == kNoBreakSpace) {
      text.remove_suffix(2);
    } else {
      break;
    }
  }
  return text;
}

}  // namespace tracegate

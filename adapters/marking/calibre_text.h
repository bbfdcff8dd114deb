#ifndef TRACEGATE_ADAPTERS_MARKING_CALIBRE_TEXT_H_
#define TRACEGATE_ADAPTERS_MARKING_CALIBRE_TEXT_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// A piece of a calibre as somebody wrote it.
struct CalibreToken {
  enum class Kind {
    kNumber,      // "7.62": a decimal point, no zeros before or behind
    kTimes,       // between bore and length: "x", "×", "*", "by"
    kSlash,       // "/" or "-" between two numbers: a length, or a second calibre
    kWord,        // "LUGER": see CalibreWords
    kMillimetre,  // "mm"
    kOrnament,    // "+P", "MATCH"
    kOr,          // another calibre follows
    kOpen,        // a bracket
    kClose,
  };

  Kind kind = Kind::kWord;
  std::string text;
  bool has_point = false;  // of a number: ".38"
};

using CalibreTokens = std::span<const CalibreToken>;

// Thread safety: pure functions. Each takes any bytes, in linear time.

// Capitals, Latin letters for Cyrillic look-alikes, fractions in digits.
std::string LevelCalibre(std::string_view text);

// The pieces of a text, without what says nothing.
std::vector<CalibreToken> SplitCalibre(std::string_view text);

// How exactly a text is looked up.
struct CalibreKeyStyle {
  bool with_units = false;      // tell "40 mm" from ".40", and both from "40"
  bool with_ornaments = false;  // tell ".38 +P" from ".38"
};

// The text by which a designation is looked up, brackets aside.
std::string CalibreKey(CalibreTokens tokens, CalibreKeyStyle style);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CALIBRE_TEXT_H_

#ifndef TRACEGATE_GATEWAY_CLI_MARKS_WORDS_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/written_weapon.h"

namespace tracegate {

// A few words of a text that stand for one thing.
struct MarksWord {
  std::string text;     // as written
  std::string kind;     // "make", "model", "calibre", "type", "country", "import mark", "serial"
  std::string meaning;  // what it was read as, for people
};

// What is recognised in a free text, in its order, the longest words first at each place; words that
// are nothing known are left out. A number counts as the serial number only behind a word that says
// so ("nº"), or as the only one left that has four characters at least.
std::vector<MarksWord> WordsIn(std::string_view text);

// The weapon that the words describe: the first of each kind.
WrittenWeapon WeaponOf(const std::vector<MarksWord>& words);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_WORDS_H_

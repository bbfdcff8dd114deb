#ifndef TRACEGATE_GATEWAY_CLI_MARKS_WORDS_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_WORDS_H_

#include <string_view>
#include <vector>

#include "adapters/marking/written_weapon.h"
#include "gateway/cli/marks_kinds.h"

namespace tracegate {

// What is recognised in a free text, in its order, the longest words first at each place; words that
// are nothing known are left out. What stands behind a label ("make: Foo, serial number: 123") is what
// the label says, known or not; no thing goes on behind a comma, but for a second serial number. A
// model that is written with its maker tells the maker too. A number counts as the serial number only
// behind a word that says so ("nº"), or as the only one left that has four characters at least; where
// there is none, words that say that there is none to read stand for it ("numeração raspada").
std::vector<MarksWord> WordsIn(std::string_view text);

// The weapon that the words describe: the first of each kind.
WrittenWeapon WeaponOf(const std::vector<MarksWord>& words);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_WORDS_H_

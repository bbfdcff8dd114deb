#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_TOKEN_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_TOKEN_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/words.h"

namespace tracegate {

// One piece of what stands in the place of a serial number: the number itself comes with remarks,
// part names and excuses, and all of them have to be told apart before any character counts.
struct SerialToken {
  enum class Kind {
    kMark,        // characters of a number: holds a digit or an unread character
    kLetters,     // a few upper-case letters: a prefix or suffix, if a number is beside it
    kWord,        // a known word, see `word`
    kConnective,  // "e", "and": joins two numbers, or is a word
    kOther,       // a word in no table
    kBreak,       // , ; / between two clauses
    kOpen,        // an opening bracket
    kClose,
  };

  Kind kind = Kind::kOther;
  std::string_view text;  // points into the text that was read
  Word word;
  bool known = false;  // letters that are also a word of the table ("NO", "DE")
};

// Splits NFC text. Every token points into `text`, which must live as long. Any bytes, linear time.
std::vector<SerialToken> SerialTokens(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_TOKEN_H_

#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_KEYS_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_KEYS_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tracegate {

// Under what a record is found although its serial was misread. A key is a hash of a kind and of a
// few folded characters; what is stored for a form (see FormsOf) and what is asked for it meet
// wherever the two forms differ by
//   - characters confused for one another, up to any number of the commonest pairs;
//   - besides those O/0, I/1, S/5, Z/2, B/8 and G/6, one character that is another, missing or too
//     many, or two neighbours swapped;
//   - leading zeros; leading letters that were dropped;
//   - up to three unread characters, or more behind or before four that are read.
// Leading zeros count in no key but those of a form's two ends.
//
// Pure; any thread; time and number bounded whatever the length of the form.

// What was left out of a form to make a key; of several characters the last. Where none was, what is
// left tells how long the form is.
struct LeftOut {
  uint8_t character = 0;  // a number below 64; or how many there are, 63 for more
  // Counted from the form's start: the first is 1, all from the 15th on are 15; 0 for none.
  uint8_t place = 0;

  auto operator<=>(const LeftOut& other) const = default;
};

// Some of them: of each place bit n for character n.
using LeftOuts = std::array<uint64_t, 16>;

// One key that a form is stored under.
struct StoredKey {
  uint64_t hash = 0;
  LeftOut left_out = {};

  auto operator<=>(const StoredKey& other) const = default;
};

// One key that a form is asked under.
struct AskedKey {
  // What meets under it, besides what misread characters make of one another.
  enum class Reach {
    kSame,      // forms of the same characters, but for the commonest confusions
    kConfused,  // every form that may be so by any number of confused characters
    kNear,      // others
  };

  uint64_t hash = 0;
  Reach reach = Reach::kNear;
  // Of the forms worth a look: where one character stands for another, only such as are taken for
  // each other.
  LeftOuts left_out = {};
};

// Keys to store a form under, each once.
std::vector<StoredKey> KeysToStore(std::string_view form);

// Keys to ask for a form, those that fewest other serials share first; at most kAskedKeysMax.
std::vector<AskedKey> KeysToAsk(std::string_view form);

inline constexpr size_t kAskedKeysMax = 400;

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_KEYS_H_

#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_PATTERN_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_PATTERN_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate {

// The form of a maker's serial numbers, written so that a person can read it:
//
//   a      a letter A-Z            n      a digit
//   y      a digit of the year     A-Z0-9 that character
//   [XYZ]  one of these            (...)  there or not; no brackets within
//   space  nothing: for reading
//
// "aaannn" is ABC123; "annnnn(n)Z" is A12345Z or A123456Z.
//
// Thread safety: immutable once made.
class SerialPattern {
 public:
  // Errors: INTERNAL saying what is wrong. At most 32 characters and 4 brackets.
  static absl::StatusOr<SerialPattern> Parse(std::string_view text);

  struct Fit {
    bool fits = false;
    std::string year_digits;  // what stood at `y`
    std::string letters;      // what stood at `[...]`
  };

  // `key` is a SerialReading's key. The first way in which it fits counts.
  Fit Match(std::string_view key) const;

 private:
  struct Place {
    char kind = 0;        // 'a', 'n', 'y', '[' or 0 for one character alone
    std::string members;  // of '[' and of a character alone
  };

  std::vector<std::vector<Place>> forms_;  // every choice of brackets, the longest first
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_PATTERN_H_

#ifndef TRACEGATE_ADAPTERS_MARKING_CHARACTERS_H_
#define TRACEGATE_ADAPTERS_MARKING_CHARACTERS_H_

#include <string>
#include <string_view>

#include "adapters/marking/ascii_text.h"

namespace tracegate {

// UTF-8 as code points, U+003F for what is none.
std::u32string CodePoints(std::string_view text);

// compare(one, other) on the characters of two texts: on their bytes where both are ASCII, which
// nearly all keys are, else on their code points.
template <typename Compare>
auto OnCharacters(std::string_view one, std::string_view other, Compare compare) {
  if (IsAscii(one) && IsAscii(other)) return compare(one, other);
  return compare(std::u32string_view(CodePoints(one)), std::u32string_view(CodePoints(other)));
}

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CHARACTERS_H_

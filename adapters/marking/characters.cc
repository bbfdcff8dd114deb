#include "adapters/marking/characters.h"

#include <unicode/utf8.h>

namespace tracegate {

std::u32string CodePoints(std::string_view text) {
  std::u32string characters;
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    characters += c < 0 ? U'?' : static_cast<char32_t>(c);
  }
  return characters;
}

}  // namespace tracegate

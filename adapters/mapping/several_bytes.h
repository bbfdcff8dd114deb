#ifndef TRACEGATE_ADAPTERS_MAPPING_SEVERAL_BYTES_H_
#define TRACEGATE_ADAPTERS_MAPPING_SEVERAL_BYTES_H_

#include <optional>
#include <string>
#include <string_view>

namespace tracegate {

// Text in character sets in which a character may have several bytes, of which the later ones may look like a delimiter or
// a line end: such as Shift_JIS, GB18030, Big5, EUC-KR or UTF-16. `set` is a name that ICU knows.

// The text in UTF-8. A sequence that is no character of the set becomes one byte FF, which is no UTF-8 and so is told as lost
// later on; what follows is read from the next byte that may begin a character.
std::string DecodeSeveralBytes(const std::string& set, std::string_view bytes);

// The bytes of UTF-8 text; nothing where the set lacks one of its characters.
std::optional<std::string> EncodeSeveralBytes(const std::string& set, std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MAPPING_SEVERAL_BYTES_H_

#ifndef TRACEGATE_ADAPTERS_MARKING_MARK_CHARACTERS_H_
#define TRACEGATE_ADAPTERS_MARKING_MARK_CHARACTERS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tracegate {

// The characters of a number: upper-case letters and digits in their own scripts, `?` for each
// unread one (`?`, `*`, `_` and boxes as people write them), `*` for a run of unknown length (two
// dots or more). Separators are left out.
std::string MarkCharacters(std::string_view text);

// Length of the sign at the front of `text` that stands for "number" (No., N with o), 0 for none.
size_t OrdinalSignAtFront(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MARK_CHARACTERS_H_

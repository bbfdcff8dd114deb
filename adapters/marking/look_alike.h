#ifndef TRACEGATE_ADAPTERS_MARKING_LOOK_ALIKE_H_
#define TRACEGATE_ADAPTERS_MARKING_LOOK_ALIKE_H_

#include <string>
#include <string_view>

namespace tracegate {

// The letters in which one script is taken for another. A clerk before a Cyrillic "РН" writes what
// he sees ("PH") or what it sounds like ("RN"): both are kept, and neither is the mark itself.
//
// Thread safety: pure functions. Each takes any bytes, in linear time.

// ASCII for an upper-case Latin letter that no decomposition reaches (Ł -> L, Æ -> AE); empty
// otherwise.
std::string_view AsciiOfLatin(char32_t letter);

// Upper-case Cyrillic and Greek letters of a folded word as the Latin letters that look like them;
// letters without a look-alike by sound; other letters as they are.
std::string LatinByLook(std::string_view folded);

// The same letters by sound throughout (В -> V, Н -> N, Р -> R, Х -> KH).
std::string LatinBySound(std::string_view folded);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_LOOK_ALIKE_H_

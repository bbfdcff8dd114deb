#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_SET_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_SET_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tracegate {

// A bracket inside a number that stands for what an examiner was not sure of:
// "AB[38B]12", "AB(3/8)12", "AB{3,8}12": one character, one of these;
// "AB(3)12": one character, thought to be this;
// "AB[CD]12": characters that are no set, so restored ones or a note: how many is not known.
struct SerialSet {
  size_t bytes = 0;     // with the brackets; 0: no such bracket stands here
  std::string members;  // upper case, likeliest first; empty where it is not one character
};

// The set that opens at `position` of `text`. Only beside characters of the number, without a
// space: other brackets are remarks. ASCII members.
SerialSet SerialSetAt(std::string_view text, size_t position);

inline constexpr size_t kAlternativesMax = 16;

// The numbers that `text`, a SerialNumber's, may be: one for each choice of its sets, as
// MarkCharacters. None where there is no set, where anything else is unread, or past 16.
std::vector<std::string> AlternativesOf(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_SET_H_

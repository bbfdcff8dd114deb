#ifndef TRACEGATE_ADAPTERS_MARKING_CONFUSION_H_
#define TRACEGATE_ADAPTERS_MARKING_CONFUSION_H_

#include <optional>
#include <string>
#include <string_view>

namespace tracegate {

// Serials longer than this are not compared character by character: no maker marks such.
inline constexpr size_t kComparedCharactersMax = 256;

// How far two serial keys are apart if people, stamps and scanners took characters for one another:
// 0 for equal keys, more for each pair in proportion to how seldom it happens (O/0 little, 6/9
// more). None where some pair is never confused, where there are too many, or where the lengths
// differ but for leading zeros. Symmetric. A measure for ranking: O and 0 are two characters to a
// maker that uses both.
std::optional<double> ConfusionOf(std::string_view key, std::string_view other);

// Whether two serials can be one, where either may hold `?` for an unread character and `*` for a
// run of unknown length. Symmetric.
bool PatternsAgree(std::string_view pattern, std::string_view other);

// The pairs that differ, for people: "O/0, 8/B". Empty where the lengths differ.
std::string ConfusedPairs(std::string_view key, std::string_view other);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CONFUSION_H_

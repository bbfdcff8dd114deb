#ifndef TRACEGATE_ADAPTERS_MARKING_CONFUSION_H_
#define TRACEGATE_ADAPTERS_MARKING_CONFUSION_H_

#include <optional>
#include <string>
#include <string_view>

namespace tracegate {

// Serials longer than this are not compared character by character: no maker marks such.
inline constexpr size_t kComparedCharactersMax = 256;

// What one hand may have done to a serial between the weapon and the record.
enum class SlipKind {
  kNone,          // the keys are equal
  kConfused,      // characters were taken for one another: O/0, 8/B
  kSwapped,       // two neighbours change places: "12" for "21"
  kLeadingZeros,  // "00123" for "123"
  kAffix,         // letters before or behind are left out, or the licence prefix of US frames
  kOneCharacter,  // one character too few or too many
};

struct Slip {
  SlipKind kind = SlipKind::kNone;
  double cost = 0;  // 0 for equal keys, at most 1: the seldomer the slip, the more
};

// The slip that makes one serial key of the other; none where it would take more than one of them,
// or characters that nobody confuses. Confused characters may go with swapped neighbours, up to
// the cost of 1. Symmetric. No allocation for keys in ASCII. A measure for ranking: O and 0 are two
// characters to a maker that uses both.
std::optional<Slip> SlipBetween(std::string_view key, std::string_view other);

// The cost of SlipBetween.
std::optional<double> ConfusionOf(std::string_view key, std::string_view other);

// Whether two ASCII characters, upper case, are ever taken for one another; true of one and itself.
bool AreConfusable(char one, char other);

// Whether two serials can be one, where either may hold `?` for an unread character and `*` for a
// run of unknown length. Symmetric.
bool PatternsAgree(std::string_view pattern, std::string_view other);

// The pairs that differ, for people: "O/0, 8/B", neighbours together: "12/21". Empty where the
// lengths differ.
std::string ConfusedPairs(std::string_view key, std::string_view other);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_CONFUSION_H_

#ifndef TRACEGATE_ADAPTERS_MARKING_TOKEN_NEIGHBOURS_H_
#define TRACEGATE_ADAPTERS_MARKING_TOKEN_NEIGHBOURS_H_

#include <cstddef>
#include <vector>

#include "adapters/marking/serial_token.h"

namespace tracegate {

// What the tokens around one make of it. `open` is whether a number stands right before it and may go
// on.
//
// Thread safety: pure functions. Each looks at a few neighbours, or up to the end of a bracket.

// Whether there is a token, and it is a number's.
bool IsMark(const std::vector<SerialToken>& tokens, size_t i);

// Whether letters belong to a number. Before one they are its prefix, unless they are a word that
// other words lead to ("REMARCADO PARA 1234"); after one its suffix, unless words follow.
bool IsAffix(const std::vector<SerialToken>& tokens, size_t i, bool open);

// Whether a word behind one number speaks of the next: "Frame 123 Slide 456", "AB12 cano: 345",
// "12345 laudo 67/2020". `led` is whether the number before was led by the name of its part too.
bool LeadsToNext(const std::vector<SerialToken>& tokens, size_t i, bool led);

// Whether a bracket holds a part's name and behind it that part's own number: "38126 (ferrolho 771)".
bool IsPartWithNumber(const std::vector<SerialToken>& tokens, size_t bracket);

// Whether a bracket holds one token and closes.
bool HoldsOneToken(const std::vector<SerialToken>& tokens, size_t bracket);

// Whether the one word in a bracket stands in the place of characters that cannot be read: beside the
// number without a space, "12(ilegível)34".
bool StandsForCharacters(const std::vector<SerialToken>& tokens, size_t bracket, bool open);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_TOKEN_NEIGHBOURS_H_

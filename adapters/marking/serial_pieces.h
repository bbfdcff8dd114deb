#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_PIECES_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_PIECES_H_

#include <string_view>
#include <vector>

#include "adapters/marking/serial_token.h"

namespace tracegate {

// What stands in the place of a serial number, cut where spaces, breaks, brackets and labels part it:
// tokens of the kinds kBreak, kOpen, kClose, and kOther for all else. Every token points into `text`,
// NFC, which must live as long. Any bytes, linear time.
std::vector<SerialToken> SerialPieces(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_PIECES_H_

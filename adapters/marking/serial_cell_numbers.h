#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_CELL_NUMBERS_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_CELL_NUMBERS_H_

#include "adapters/marking/serial_cell.h"

namespace tracegate {

// What is done to the numbers of a cell once all of it is read: a number alone does not show it.

// Drops numbers that belong to a remark ("see item 9", "report 12/2020"), and calibres and wholly
// unread ones beside others.
void DropNoteNumbers(SerialCell& cell);

// "12X45, X = digit not identified": every X becomes an unread character, where the words say so
// (`told`). Without words, only X in a row that no maker stamps: three behind a digit, two between
// digits or small beside capitals, or four.
void MarkCrosses(bool told, SerialCell& cell);

// One number on several parts stands once, on the frame where it is one of them, else on the part
// told first.
void MergeRepeats(SerialCell& cell);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_CELL_NUMBERS_H_

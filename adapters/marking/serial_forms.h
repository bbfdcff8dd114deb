#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_FORMS_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_FORMS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/serial.h"

namespace tracegate {

// The forms in which a serial cell is looked for: of each number in it, the first eight, its key or
// its pattern, and where letters of another script were written by sound its sound key. The chosen
// number's first. None where the cell holds no number.
std::vector<std::string> FormsOf(const SerialReading& reading);

// Whether the form has unread characters.
bool IsUnread(std::string_view form);

// How alike two forms look, 0..1, for choosing which of many records to compare in earnest: 1 for
// equal ones all of whose characters are read; none where they cannot be one serial. Symmetric.
std::optional<double> LikenessOf(std::string_view form, std::string_view other);

// No two forms that differ are more alike.
inline constexpr double kLikenessOfOthersMax = 0.75;

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_FORMS_H_

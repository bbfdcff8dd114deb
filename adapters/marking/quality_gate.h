#ifndef TRACEGATE_ADAPTERS_MARKING_QUALITY_GATE_H_
#define TRACEGATE_ADAPTERS_MARKING_QUALITY_GATE_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/reading.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What would make a trace of this item fail, told before anything is sent: missing or wrong marks
// are the commonest reason for failed traces.
//
// ERROR only for what would make every answer useless or wrong: no serial that can be looked for, a
// model or a calibre in its place, several serials of which none is known to be the frame's,
// ammunition, a weapon that no factory made and that bears no number. WARNING: it goes out, and may
// fail for this. NOTE: worth knowing. Field paths start at the item: "weapon.serial_number",
// "weapon.marks[2].text". Messages are for an officer, in `language`: see RemarkLanguage.
//
// `found_in` is the ISO code of the State where it was found; where given, a foreign weapon without
// an import mark is remarked on. Pure; any thread.
std::vector<v1::MarkRemark> CheckMarks(const ItemReading& read, std::string_view found_in = {},
                                       std::string_view language = "en");

// True where any remark is an ERROR: the trace is not to be sent.
bool StopsTrace(const std::vector<v1::MarkRemark>& remarks);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_QUALITY_GATE_H_

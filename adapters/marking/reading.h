#ifndef TRACEGATE_ADAPTERS_MARKING_READING_H_
#define TRACEGATE_ADAPTERS_MARKING_READING_H_

#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// The item with what the catalogues make of it beside what was read: canonical words, what
// ambiguous words could be, ISO codes, scripts, the State and year of import marks, the serial's
// status.
//
// No verbatim text changes. OUTPUT_ONLY fields are made anew, whatever the client put there; an ISO
// code, a script, a year or a serial status that the client gave stays. Reading a read item changes
// nothing. Pure; any thread.
v1::Item ReadItem(const v1::Item& item);

// The same for a weapon alone, as it stands in a registry's record.
v1::Firearm ReadFirearm(const v1::Firearm& weapon);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_READING_H_

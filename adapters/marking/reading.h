#ifndef TRACEGATE_ADAPTERS_MARKING_READING_H_
#define TRACEGATE_ADAPTERS_MARKING_READING_H_

#include "adapters/marking/serial.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// The item with what the catalogues make of it beside what was read: canonical words, what
// ambiguous words could be, ISO codes, scripts, the State and year of import marks, the year of proof
// marks, the weapon's type out of its words, the serial's status.
//
// No verbatim text changes. OUTPUT_ONLY fields are made anew, whatever the client put there; an ISO
// code, a script, a year, a type or a serial status that the client gave stays. Reading a read item changes
// nothing. Pure; any thread.
v1::Item ReadItem(const v1::Item& item);

// The item as ReadItem has it, and the reading of its serial: made once of what is asked, and held
// against every record.
struct ItemReading {
  explicit ItemReading(v1::Item given);

  v1::Item item;
  SerialReading serial;  // as ReadSerialOf
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_READING_H_

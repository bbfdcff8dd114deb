#ifndef TRACEGATE_ADAPTERS_MARKING_MATCH_H_
#define TRACEGATE_ADAPTERS_MARKING_MATCH_H_

#include "adapters/marking/reading.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Compares what was found with a registry's record: the record as a candidate, with grade, score
// and one reason per field, the serial's first.
//
// EXACT needs the serial in the same characters, all of them read and none of them restored or
// re-stamped, the same maker, and no field that contradicts: a serial alone is never unique, makers
// and years reuse numbers. The serial alike with another field missing, imprecise or different is
// PROBABLE; with another maker, or alike only through confused, unread or other-script characters,
// POSSIBLE. MATCH_GRADE_UNSPECIFIED: the serial cannot be the same, so this is no candidate;
// reasons then hold the serial alone. needs_confirmation is true of all but EXACT.
//
// The record need not have been read before. A part that is no frame matches POSSIBLE at best;
// ammunition never. Pure; any thread.
v1::Candidate Compare(const ItemReading& asked, const v1::RegistryRecord& record);

// The same for an item that is held against one record alone, read before or not.
v1::Candidate Compare(const v1::Item& asked, const v1::RegistryRecord& record);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MATCH_H_

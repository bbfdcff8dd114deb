#ifndef TRACEGATE_GATEWAY_TRACING_SAME_WEAPON_H_
#define TRACEGATE_GATEWAY_TRACING_SAME_WEAPON_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/reading.h"
#include "gateway/identity/caller.h"
#include "gateway/storage/record_store.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Whether two readings may be of one weapon: the serial number is the same once folded, every character of it read, and
// the maker no other.
bool MayBeOneWeapon(const std::string& number, const v1::Term& maker,
                    const std::string& other_number, const v1::Term& other_maker);

// Of the traces that `query` shows, those of what may be that weapon, newest first. They are looked for as the number is
// written, in capitals and without separators: an indexed look into the store for each of these that differ, one for most
// numbers, of the newest 16 each. What cannot be read is passed over.
std::vector<v1::Trace> TracesOfWeapon(RecordStore* store, TraceQuery query,
                                      const ItemReading& read);
// The same for an item that is not read yet, of which nothing but the number is read where no trace has that.
std::vector<v1::Trace> TracesOfWeapon(RecordStore* store, TraceQuery query, const v1::Item& item);

// Notes, beside the gate's remarks on a weapon that is to be traced, that the caller's State has traced what may be the
// same one: TRACED_BEFORE with the id of the newest such trace. Only traces that the State itself made are looked at, so
// that nobody learns here what another asks; and none for a peer, whose own gateway notes its own. A missed note is no
// reason not to trace.
void NoteEarlierTrace(RecordStore* store, const Caller& caller, const ItemReading& read,
                      std::string_view language, std::vector<v1::MarkRemark>* remarks);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_SAME_WEAPON_H_

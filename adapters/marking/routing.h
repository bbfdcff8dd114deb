#ifndef TRACEGATE_ADAPTERS_MARKING_ROUTING_H_
#define TRACEGATE_ADAPTERS_MARKING_ROUTING_H_

#include <vector>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The States that the marks of a read item (see ReadItem) lead to, in the order to ask them, each
// once, with the reason in words. None where the marks name none.
//
// Order: import marks, newest first and undated ones after (MOSAIC 05.31: the most recent import
// leads furthest); the mark of a transfer from State stock (ITI 8(c)); the country of manufacture
// as marked, a former State through its successors, the one with the maker's works first; the
// maker's works where no country is told or the one told is none of theirs; last the State whose
// weapons bear such selector letters. All works of all makers that an ambiguous name could be. Marks that are illegible or removed lead nowhere. Pure; any
// thread.
std::vector<v1::RouteStep> RouteOf(const v1::Item& read_item);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_ROUTING_H_

#ifndef TRACEGATE_GATEWAY_LIAISON_LINKS_H_
#define TRACEGATE_GATEWAY_LIAISON_LINKS_H_

#include <optional>
#include <set>
#include <string>

#include "adapters/marking/reading.h"
#include "gateway/identity/caller.h"
#include "tracegate/v1/liaison.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// A trace, or an item that is not traced, as links see it.
struct LinkedThing {
  v1::LinkEnd end;
  ItemReading read;
  // Whom the records told to the caller's agency name, as PartyWord has it: dealers and brokers; who received it across a
  // border.
  std::set<std::string> sources = {};
  std::set<std::string> consignees = {};
  bool parties_confirmed = false;  // only one record that agrees exactly names them
  std::string find = {};           // where and when it was recovered; empty where that is not told
  std::string diversion = {};      // where and when it was diverted, if that is established
  v1::Handling handling = {};      // of all that was told of it
};

// The trace as it may be linked for that caller: what its answers tell counts only where the caller's agency may read it
// (Handling.recipients).
LinkedThing LinkedTrace(const Caller& caller, const v1::Trace& trace);
LinkedThing LinkedItem(const v1::Item& item);

// The link of that kind from one to the other; none where they do not hang together in that way, or where this gateway
// knows nothing that could tell (what hangs together through transfers: TransferLinks). `serial_distance_max`: for neighbouring serials.
std::optional<v1::Link> LinkOf(v1::LinkKind kind, const LinkedThing& from, const LinkedThing& to,
                               int serial_distance_max);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_LINKS_H_

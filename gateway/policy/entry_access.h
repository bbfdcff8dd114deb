#ifndef TRACEGATE_GATEWAY_POLICY_ENTRY_ACCESS_H_
#define TRACEGATE_GATEWAY_POLICY_ENTRY_ACCESS_H_

#include "gateway/identity/caller.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// Whether a role may read the content of such an entry in the log of its own State's gateway, besides the header that
// every reader sees. What was asked and answered about weapons is never read there: the traces' own RPCs tell it, to
// whom it was told.
bool MayReadContent(Role role, v1::EntryKind kind);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_ENTRY_ACCESS_H_

#ifndef TRACEGATE_GATEWAY_EVIDENCE_RETENTION_ERASABLE_KIND_H_
#define TRACEGATE_GATEWAY_EVIDENCE_RETENTION_ERASABLE_KIND_H_

#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// Whether such an entry's content is a request, an answer or a transfer, which may be erased when its retention ends.
// What the gateway says of itself, who read the log, and kinds not known here are kept for ever.
bool IsErasable(v1::EntryKind kind);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_EVIDENCE_RETENTION_ERASABLE_KIND_H_

#include "gateway/evidence/retention/erasable_kind.h"

namespace tracegate {

bool IsErasable(v1::EntryKind kind) {
  switch (kind) {
    case v1::ENTRY_KIND_REQUEST_RECEIVED:
    case v1::ENTRY_KIND_CALL_REFUSED:
    case v1::ENTRY_KIND_HOP_ASKED:
    case v1::ENTRY_KIND_HOP_ANSWERED:
    case v1::ENTRY_KIND_HOP_FAILED:
    case v1::ENTRY_KIND_ANSWER_DISCLOSED:
    case v1::ENTRY_KIND_TRACE_ENDED:
    case v1::ENTRY_KIND_TRANSFER_RECORDED:
    case v1::ENTRY_KIND_TRANSFER_AMENDED:
    case v1::ENTRY_KIND_HIT_NOTIFIED: return true;
    default: return false;
  }
}

}  // namespace tracegate

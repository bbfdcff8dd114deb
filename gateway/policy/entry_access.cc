#include "gateway/policy/entry_access.h"

namespace tracegate {
namespace {

// What the gateway says of itself and of its callers: no marks, no person of an answer.
bool IsAboutTheGateway(v1::EntryKind kind) {
  switch (kind) {
    case v1::ENTRY_KIND_GATEWAY_STARTED:
    case v1::ENTRY_KIND_GATEWAY_STOPPED:
    case v1::ENTRY_KIND_POLICY_CHANGED:
    case v1::ENTRY_KIND_HANDSHAKE_REFUSED:
    case v1::ENTRY_KIND_HARVEST_SUSPECTED:
    case v1::ENTRY_KIND_CONTENT_ERASED:
    case v1::ENTRY_KIND_LOG_KEYS_CHANGED:
    case v1::ENTRY_KIND_CHECKPOINT_COSIGNED:
    case v1::ENTRY_KIND_COSIGNATURE_RECEIVED:
    case v1::ENTRY_KIND_LOG_CONFLICT_FOUND:
    case v1::ENTRY_KIND_CHECKPOINT_TIME_STAMPED:
    case v1::ENTRY_KIND_LEGAL_HOLD_CHANGED: return true;
    default: return false;
  }
}

}  // namespace

bool MayReadContent(Role role, v1::EntryKind kind) {
  return role == Role::kCompliance && IsAboutTheGateway(kind);
}

}  // namespace tracegate

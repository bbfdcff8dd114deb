#ifndef TRACEGATE_GATEWAY_RPC_EVIDENCE_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_EVIDENCE_SERVICE_H_

#include "gateway/evidence/evidence_log.h"
#include "gateway/rpc/handler_table.h"
#include "gateway/storage/record_store.h"
#include "gateway/tracing/registry_table.h"

namespace tracegate {

// Serves EvidenceService: GetCheckpoint, GetEntry, ListEntries. Headers only: no role is granted content yet; and only to
// agencies of the States that this gateway serves, for headers name who asked whom.
// Everything pointed to outlives the server.
void ServeEvidence(RecordStore* store, EvidenceLog* log, const RegistryTable* registries,
                   HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_EVIDENCE_SERVICE_H_

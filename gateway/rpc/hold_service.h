#ifndef TRACEGATE_GATEWAY_RPC_HOLD_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_HOLD_SERVICE_H_

#include "gateway/evidence/retention/legal_holds.h"
#include "gateway/rpc/handler_table.h"
#include "gateway/storage/record_store.h"
#include "gateway/tracing/registry_table.h"

namespace tracegate {

// Serves EvidenceService.SetLegalHold and ListLegalHolds, to the States that this gateway serves: each on the traces that
// it asked or was asked. Everything pointed to outlives the calls.
void ServeHolds(LegalHolds* holds, RecordStore* store, const RegistryTable* registries,
                HandlerTable* table);

// Answers both with why the log is not written to: which holds stand cannot be told of a log that does not verify.
void RefuseHolds(const absl::Status& damage, HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_HOLD_SERVICE_H_

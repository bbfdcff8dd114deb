#ifndef TRACEGATE_GATEWAY_RPC_WITNESS_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_WITNESS_SERVICE_H_

#include "gateway/evidence/witness/witness.h"
#include "gateway/rpc/handler_table.h"

namespace tracegate {

// Serves EvidenceService.AddCheckpoint: another State's gateway asks for a cosignature on its own log. `witness` outlives
// the calls.
void ServeWitness(Witness* witness, HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_WITNESS_SERVICE_H_

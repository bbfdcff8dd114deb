#ifndef TRACEGATE_GATEWAY_RPC_IMPORT_TRACES_H_
#define TRACEGATE_GATEWAY_RPC_IMPORT_TRACES_H_

#include "gateway/rpc/handler_table.h"
#include "gateway/tracing/trace_batch.h"

namespace tracegate {

// Serves TraceService.ImportTraces: each item is a CreateTrace of its own. What is pointed to outlives the server.
void ServeImports(TraceBatch::Parts parts, HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_IMPORT_TRACES_H_

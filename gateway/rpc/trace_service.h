#ifndef TRACEGATE_GATEWAY_RPC_TRACE_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_TRACE_SERVICE_H_

#include "gateway/rpc/handler_table.h"
#include "gateway/tracing/tracer.h"

namespace tracegate {

// Serves TraceService: Check, Create, Get, List, Watch. `tracer` outlives the server.
void ServeTraces(Tracer* tracer, HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_TRACE_SERVICE_H_

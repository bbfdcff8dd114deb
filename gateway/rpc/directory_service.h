#ifndef TRACEGATE_GATEWAY_RPC_DIRECTORY_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_DIRECTORY_SERVICE_H_

#include "gateway/directory/directory.h"
#include "gateway/rpc/handler_table.h"

namespace tracegate {

// Serves DirectoryService: GetState, ListStates. `directory` outlives the server.
void ServeDirectory(const Directory* directory, HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_DIRECTORY_SERVICE_H_

#ifndef TRACEGATE_GATEWAY_RPC_LIAISON_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_LIAISON_SERVICE_H_

#include "gateway/liaison/cross_checks.h"
#include "gateway/liaison/hit_feed.h"
#include "gateway/liaison/link_finder.h"
#include "gateway/rpc/handler_table.h"
#include "gateway/tracing/registry_table.h"

namespace tracegate {

// Serves LiaisonService: CrossCheck, WatchHits, FindLinks. Everything pointed to outlives the server.
void ServeLiaison(CrossChecks* checks, HitFeed* feed, const LinkFinder* links,
                  const RegistryTable* registries, HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_LIAISON_SERVICE_H_

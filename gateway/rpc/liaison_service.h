#ifndef TRACEGATE_GATEWAY_RPC_LIAISON_SERVICE_H_
#define TRACEGATE_GATEWAY_RPC_LIAISON_SERVICE_H_

#include "gateway/liaison/cross_checks.h"
#include "gateway/liaison/hit_feed.h"
#include "gateway/liaison/link_finder.h"
#include "gateway/liaison/subscriptions.h"
#include "gateway/rpc/handler_table.h"
#include "gateway/tracing/registry_table.h"

namespace tracegate {

// What liaison officers are served from. Everything pointed to outlives the server.
struct LiaisonDesk {
  CrossChecks* checks = nullptr;
  Subscriptions* subscriptions = nullptr;
  const SubscriptionBook* subscription_book = nullptr;
  HitFeed* feed = nullptr;
  const LinkFinder* links = nullptr;
  const RegistryTable* registries = nullptr;
};

// Serves LiaisonService.
void ServeLiaison(const LiaisonDesk& desk, HandlerTable* table);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_RPC_LIAISON_SERVICE_H_

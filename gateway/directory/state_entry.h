#ifndef TRACEGATE_GATEWAY_DIRECTORY_STATE_ENTRY_H_
#define TRACEGATE_GATEWAY_DIRECTORY_STATE_ENTRY_H_

#include "gateway/tracing/registry_table.h"
#include "tracegate/config/v1/gateway.pb.h"
#include "tracegate/v1/directory.pb.h"

namespace tracegate {

// The parts of a State's entry in the directory.

// What that State's registry, or its gateway, can be asked here.
v1::Capabilities CapabilitiesOf(const Registry& registry);

// Whether it can be asked just now, as its breaker last found out: nobody is asked for it.
v1::StateHealth HealthOf(const Registry& registry);

// What of an agreement is told: that it is there, on what it rests and for what; never its terms.
v1::AgreementInForce InForce(const config::v1::Agreement& agreement);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DIRECTORY_STATE_ENTRY_H_

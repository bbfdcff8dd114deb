#ifndef TRACEGATE_GATEWAY_POLICY_LIMIT_DEFAULTS_H_
#define TRACEGATE_GATEWAY_POLICY_LIMIT_DEFAULTS_H_

#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// Fills in what was left at 0; docs/operating/configuration.md lists the same figures. No bound is -1.
void FillDefaults(config::v1::Limits* limits);
void FillDefaults(config::v1::HarvestGuard* guard);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_LIMIT_DEFAULTS_H_

#ifndef TRACEGATE_GATEWAY_CLI_SHOW_ALERT_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_ALERT_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A diversion alert for people: who was told, and what came of it.
std::string ShowAlert(const v1::DiversionAlert& alert);
std::string ShowAlerts(const v1::ListAlertsResponse& list);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_ALERT_H_

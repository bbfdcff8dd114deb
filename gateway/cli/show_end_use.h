#ifndef TRACEGATE_GATEWAY_CLI_SHOW_END_USE_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_END_USE_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A question about the use of arms and its answer, for people.
std::string ShowEndUse(const v1::EndUse& end_use);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_END_USE_H_

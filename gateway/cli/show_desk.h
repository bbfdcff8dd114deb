#ifndef TRACEGATE_GATEWAY_CLI_SHOW_DESK_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_DESK_H_

#include <string>

#include "absl/time/time.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What a desk has done with a question so far: lines of its hop.
std::string ShowDeskWork(const v1::DeskWork& desk);

// The questions at a desk as a table, one a row, with what the desk owes at `now`.
std::string ShowDesk(const v1::ListTracesResponse& list, absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_DESK_H_

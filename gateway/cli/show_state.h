#ifndef TRACEGATE_GATEWAY_CLI_SHOW_STATE_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_STATE_H_

#include <string>

#include "tracegate/v1/directory.pb.h"

namespace tracegate {

// An office and how to reach it, in one line: "LKA 53, lka@de.example, +49301234567, de en, always staffed".
std::string ContactLine(const v1::PointOfContact& contact);

// One State of the directory, whole.
std::string ShowState(const v1::State& state);

// States as a table, one a row.
std::string ShowStates(const v1::ListStatesResponse& list);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_STATE_H_

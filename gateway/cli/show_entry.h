#ifndef TRACEGATE_GATEWAY_CLI_SHOW_ENTRY_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_ENTRY_H_

#include <string>

#include "tracegate/v1/evidence.pb.h"

namespace tracegate {

// One entry for people: what its header says, and what its content says where it came along and its kind is known.
std::string ShowEntry(const v1::Entry& entry);

// What the guard against harvesting a register says, in sentences.
std::string ShowSuspicion(const v1::HarvestSuspicion& suspicion);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_ENTRY_H_

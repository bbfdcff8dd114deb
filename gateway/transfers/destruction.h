#ifndef TRACEGATE_GATEWAY_TRANSFERS_DESTRUCTION_H_
#define TRACEGATE_GATEWAY_TRANSFERS_DESTRUCTION_H_

#include <optional>
#include <string>

#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// That a weapon was destroyed, as a registry tells it.
struct Destruction {
  std::string record_number;
  std::string text;  // "was destroyed on 2019-03-04", without the day where it is not known
};

// What the answer tells of it; nothing where no record agrees exactly, or none of those was destroyed.
std::optional<Destruction> DestructionIn(const v1::Answer& answer);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_DESTRUCTION_H_

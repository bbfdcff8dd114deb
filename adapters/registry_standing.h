#ifndef TRACEGATE_ADAPTERS_REGISTRY_STANDING_H_
#define TRACEGATE_ADAPTERS_REGISTRY_STANDING_H_

#include "absl/time/time.h"

namespace tracegate {

// What was last found out of whether a registry can be asked. InfinitePast: it never happened.
struct RegistryStanding {
  bool rests = false;  // failed several times running: calls are refused for now
  absl::Time asked_again = absl::InfinitePast();  // where it rests: from when on it is tried
  absl::Time last_answer = absl::InfinitePast();
  absl::Time last_failure = absl::InfinitePast();
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_REGISTRY_STANDING_H_

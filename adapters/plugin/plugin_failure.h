#ifndef TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_FAILURE_H_
#define TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_FAILURE_H_

#include <string>

#include "absl/status/status.h"

namespace tracegate {

// A failure of a call to an adapter's process, in this gateway's words. What it said itself is left out: whoever asks the
// registry may stand in another State. UNAVAILABLE, RESOURCE_EXHAUSTED and DEADLINE_EXCEEDED stay what may be tried again;
// NOT_FOUND is that of a record.
absl::Status ReadPluginFailure(const absl::Status& status, const std::string& registry);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_PLUGIN_PLUGIN_FAILURE_H_

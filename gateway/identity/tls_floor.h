#ifndef TRACEGATE_GATEWAY_IDENTITY_TLS_FLOOR_H_
#define TRACEGATE_GATEWAY_IDENTITY_TLS_FLOOR_H_

#include "absl/status/status.h"

namespace tracegate {

// Sets TLS 1.3 as the least this process speaks, for which gRPC has no setting.
//
// Makes every TLS context that this process creates from now on refuse TLS 1.2 and older. Reads
// the system's OpenSSL configuration first (providers for an HSM stay loaded) and then replaces
// its `system_default` section. Holds for every library here that uses OpenSSL, database drivers
// included; contexts that exist already keep what they had, so call it first thing in main().
//
// Thread safety: call once, before other threads use TLS. Errors: INTERNAL if OpenSSL did not take
// the setting, in which case the gateway must not listen.
absl::Status RequireTls13();

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_TLS_FLOOR_H_

#ifndef TRACEGATE_GATEWAY_DAEMON_EXPIRY_LIST_H_
#define TRACEGATE_GATEWAY_DAEMON_EXPIRY_LIST_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

enum class ExpiryStanding {
  kGood,
  kEndsSoon,  // a certificate under 30 days, a CRL under 7; or a CRL that is stale and put up with
  kEnded,     // or not valid yet
  kUnreadable,  // the file, or what is in it, is not as the gateway wants it
  kNotChecked,  // no_revocation
};

// `good`, `ends soon`, `ended`, `unreadable`, `not checked`.
std::string_view ExpiryStandingName(ExpiryStanding standing);

// One certificate or CRL that a configuration names.
struct Expiry {
  std::string key;  // identity.trust[1].crl
  std::string file;
  std::string name;  // of the certificate's holder, or the CRL's issuer
  std::optional<absl::Time> until;
  int64_t days_left = 0;  // whole days; negative once it has ended
  ExpiryStanding standing = ExpiryStanding::kGood;
  std::string note;
};

// All of them, in the order of the configuration, whose paths are resolved already. What cannot be read is listed too.
std::vector<Expiry> ExpiriesOf(const config::v1::Identity& identity, absl::Time now);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_DAEMON_EXPIRY_LIST_H_

#ifndef TRACEGATE_GATEWAY_IDENTITY_REVOCATION_H_
#define TRACEGATE_GATEWAY_IDENTITY_REVOCATION_H_

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace tracegate {

// What an operator configures about one State's revoked certificates: the CRLs of its roots and of each of its issuing
// CAs, and how long it is put up with that one is late.
struct RevocationSource {
  std::string crl;  // contents of the file: PEM CRLs, or a single one in DER
  absl::Duration
      grace;  // a stale CRL still counts for this long after its nextUpdate; 0: not at all
  // When this process first read these contents. A CA that has no CRL among them is put up with until `grace` past
  // this, so a reload of unchanged contents passes the same instant again.
  absl::Time loaded_at;
};

// How far revocation was looked into, from good to worst. Whatever is below kCurrent belongs in a log.
enum class RevocationStanding {
  kNotChecked,      // the operator turned it off for this State
  kCurrent,         // every certificate of the path is covered by a CRL in its time
  kStaleInGrace,    // a CRL of the path is past its nextUpdate, by less than the grace
  kMissingInGrace,  // a CA of the path has no CRL, and the grace since loading is not over
};

// `not_checked`, `current`, `stale_in_grace`, `missing_in_grace`: for logs and programs.
std::string_view RevocationStandingName(RevocationStanding standing);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_REVOCATION_H_

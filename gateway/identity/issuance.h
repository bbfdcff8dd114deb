#ifndef TRACEGATE_GATEWAY_IDENTITY_ISSUANCE_H_
#define TRACEGATE_GATEWAY_IDENTITY_ISSUANCE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tracegate {

// A CA that lies in files, as only a development CA may. Names are for messages.
struct IssuerSource {
  std::string certificate_file;
  std::string key_file;
  std::string certificate_pem;  // the CA's own certificate; what follows it is ignored
  std::string key_pem;          // unencrypted
};

// Whom to identify, by the profiles in certs/profiles.
struct IssueOrder {
  std::string spiffe_id;
  std::string common_name;  // for people to read
  std::vector<std::string>
      dns_names;  // of a gateway: with any of these it may serve as well as call
  std::vector<std::string> ip_addresses;
  absl::Time not_before;
  absl::Time not_after;
  // PEM certificate request, whose public key alone is taken: names and extensions are ours to say. Empty: a new
  // P-256 key is made.
  std::string request_pem;
};

struct IssuedCertificate {
  std::string chain_pem;  // leaf, then the CA
  std::string key_pem;    // empty where the order had a request
};

// Issues a caller's or gateway's certificate. For development and tests: a State's CA keeps its key in an HSM and a
// record of what it issued, and this does neither.
//
// Thread safety: safe. Errors: CONFIG_INVALID naming the file or the part of the order that is wrong: a CA that may not
// sign or whose key this is not, a SPIFFE ID that is none of ours, a request that is not signed by its own key or whose
// key is weak, an end before the beginning or after the CA's.
absl::StatusOr<IssuedCertificate> IssueCertificate(const IssuerSource& issuer,
                                                   const IssueOrder& order);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_ISSUANCE_H_

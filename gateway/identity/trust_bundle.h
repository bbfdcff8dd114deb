#ifndef TRACEGATE_GATEWAY_IDENTITY_TRUST_BUNDLE_H_
#define TRACEGATE_GATEWAY_IDENTITY_TRUST_BUNDLE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/identity/revocation.h"

namespace tracegate {

// The parsed certificates of one bundle, and its CRLs; defined in trust_anchors.h and revocation_lists.h, which only
// this room includes.
struct TrustAnchors;
struct RevocationLists;

// What an operator configures for one State.
struct TrustBundleSource {
  std::string state;         // ISO 3166-1 alpha-2, uppercase
  std::string trust_domain;  // e.g. "br.example"; lowercase
  std::string pem;           // contents of the bundle file: self-signed roots, maybe intermediates
  // Nothing: nobody asks whether this State's certificates were revoked. No default, so that it is always somebody's
  // decision.
  std::optional<RevocationSource> revocation;
};

// One State's roots, and the only trust domain they may vouch for.
struct TrustBundle {
  std::string state;
  std::string trust_domain;
  std::shared_ptr<const TrustAnchors> anchors;
  std::shared_ptr<const RevocationLists> revocation;  // null: not checked
};

// Which roots speak for which State: the table that keeps one country's CA from minting for
// another although both are trusted for TLS.
//
// The self-signed CA certificates of a bundle are its anchors. Its other CA certificates only help
// to find a path, and are themselves trusted with nothing.
//
// Thread safety: immutable once loaded. Lifetime: shared; a reload makes another TrustBundles.
// Errors: CONFIG_INVALID naming `trust_bundles[<state>]` and the field that is wrong.
class TrustBundles {
 public:
  // Refuses, for any bundle: a State that is not two capital letters or is given twice; a trust
  // domain that is malformed or claimed twice; a PEM text that is empty, broken, over 1 MiB or over
  // 64 certificates; a certificate that is not a CA; no self-signed root; a root whose key another
  // State's bundle trusts too; CRLs that revocation_lists.h refuses; a grace below 0. Validity in time
  // is not looked at here but at each verification, so that an expired root or a stale CRL of one State
  // cannot keep the gateway from starting for the others.
  static absl::StatusOr<std::shared_ptr<const TrustBundles>> Load(
      const std::vector<TrustBundleSource>& sources);

  // The bundle bound to the trust domain; null where no State has it. Lives as long as this.
  const TrustBundle* ForTrustDomain(std::string_view trust_domain) const;

  // States that have a bundle, in order of their codes.
  std::vector<std::string> States() const;

 private:
  TrustBundles() = default;

  absl::Status Add(const TrustBundleSource& source);
  absl::Status Claim(const TrustBundleSource& source);

  std::map<std::string, TrustBundle, std::less<>> by_trust_domain_;
  std::map<std::string, std::string> trust_domain_by_state_;
  std::map<std::string, std::string> state_by_root_key_;  // SHA-256 of the key -> its State
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_IDENTITY_TRUST_BUNDLE_H_

#ifndef TRACEGATE_TESTS_GATEWAY_IDENTITY_MINTED_PKI_H_
#define TRACEGATE_TESTS_GATEWAY_IDENTITY_MINTED_PKI_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace tracegate {

enum class KeyType { kP256, kEd25519, kRsa1024, kRsa2048 };

// Everything that a test may want to have right or wrong in a certificate. As it stands: a leaf
// without names, fit for TLS clients and servers, valid from 2000 to 2050 so that it serves under an
// injected clock and under a real one.
struct Mint {
  std::string common_name = "Leaf";
  std::vector<std::string> uris;
  std::vector<std::string> dns_names;
  std::vector<std::string> ip_addresses;
  // OpenSSL's spelling; empty leaves the extension out.
  std::string key_usage = "critical,digitalSignature";
  std::string extended_key_usage = "serverAuth,clientAuth";
  std::string basic_constraints = "critical,CA:FALSE";
  std::string name_constraints;
  absl::Time not_before = absl::FromCivil(absl::CivilSecond(2000, 1, 1), absl::UTCTimeZone());
  absl::Time not_after = absl::FromCivil(absl::CivilSecond(2049, 12, 31), absl::UTCTimeZone());
  KeyType key_type = KeyType::kP256;
  std::string digest = "SHA256";  // of the signature on it
  std::string certificate_policies;
  std::string policy_constraints;
  bool unknown_critical_extension = false;
  std::string country;  // in the subject; empty leaves it out
};

struct MintCrl;

// The profile of a CA, to be changed at will.
Mint CaMint(std::string_view common_name);

// The profile of a caller or gateway: one SPIFFE ID, DNS names if it serves.
Mint LeafMint(std::string_view spiffe_id, std::vector<std::string> dns_names = {});

// A certificate and its key, made in memory for one test. Copies share.
//
// Thread safety: immutable. Errors: none; OpenSSL failing to mint ends the program with a message,
// since no test could go on.
class Minted {
 public:
  // A self-signed root of a State: `Minted::Root("BR")` is named `BR root`.
  static Minted Root(std::string_view state);
  static Minted SelfSigned(const Mint& mint);

  // A certificate issued by this one, whether or not this one may.
  Minted Issue(const Mint& mint) const;
  Minted Intermediate(std::string_view common_name) const { return Issue(CaMint(common_name)); }
  Minted Leaf(std::string_view spiffe_id, std::vector<std::string> dns_names = {}) const {
    return Issue(LeafMint(spiffe_id, std::move(dns_names)));
  }

  // A CRL of this CA, empty and sound where nothing else is asked for; or one in its name that another key signed.
  std::string Crl() const;
  std::string Crl(const MintCrl& mint) const { return CrlSignedBy(*this, mint); }
  std::string CrlSignedBy(const Minted& signer) const;
  std::string CrlSignedBy(const Minted& signer, const MintCrl& mint) const;

  const std::string& pem() const { return pem_; }
  const std::string& key_pem() const { return key_pem_; }

 private:
  struct Parts;
  Minted() = default;
  static Minted Make(const Mint& mint, const Parts* issuer);

  std::shared_ptr<const Parts> parts_;
  std::string pem_;
  std::string key_pem_;
};

// Everything that a test may want to have right or wrong in a CRL. As it stands: empty, sound, from 2000 to 2050.
struct MintCrl {
  std::vector<Minted> revoked = {};
  std::optional<int> reason =
      std::nullopt;  // of every entry: a CRLReason, such as 1, keyCompromise
  std::optional<absl::Time> next_update =
      absl::FromCivil(absl::CivilSecond(2049, 12, 31), absl::UTCTimeZone());
  absl::Time this_update = absl::FromCivil(absl::CivilSecond(2000, 1, 1), absl::UTCTimeZone());
  std::string digest = "SHA256";
  bool has_number = true;
  bool is_delta = false;
  bool is_indirect = false;
  bool unknown_critical_extension = false;
  bool unknown_critical_entry_extension = false;
  bool der = false;  // else PEM
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_IDENTITY_MINTED_PKI_H_

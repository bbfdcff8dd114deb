#include "gateway/identity/trust_bundle.h"

#include <utility>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/printable.h"
#include "gateway/identity/revocation_lists.h"
#include "gateway/identity/spiffe_id.h"
#include "gateway/identity/trust_anchors.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/state_code.h"

namespace tracegate {
namespace {

constexpr size_t kBundleBytesMax = 1 << 20;
constexpr size_t kBundleCertificatesMax = 64;

absl::Status Invalid(const TrustBundleSource& source, std::string_view field,
                     const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID,
                      "trust_bundles[" + Printable(source.state, 8) + "]." + std::string(field),
                      problem);
}

// A self-signed certificate of the same key is the same root, whatever its name and dates.
std::string KeyDigest(const X509* certificate) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int digest_bytes = 0;
  X509_pubkey_digest(certificate, EVP_sha256(), digest, &digest_bytes);
  return std::string(reinterpret_cast<const char*>(digest), digest_bytes);
}

absl::StatusOr<std::shared_ptr<const RevocationLists>> ReadRevocation(
    const TrustBundleSource& source, const TrustAnchors& anchors) {
  if (!source.revocation) return std::shared_ptr<const RevocationLists>();
  if (source.revocation->grace < absl::ZeroDuration()) {
    return Invalid(source, "crl_grace", "must not be negative");
  }
  auto lists = ReadRevocationLists(*source.revocation, AuthoritiesOf(anchors));
  if (!lists.ok()) return Invalid(source, "crl", std::string(lists.status().message()));
  return lists;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const TrustBundles>> TrustBundles::Load(
    const std::vector<TrustBundleSource>& sources) {
  std::shared_ptr<TrustBundles> bundles(new TrustBundles);
  for (const TrustBundleSource& source : sources) {
    if (absl::Status added = bundles->Add(source); !added.ok()) return added;
  }
  return std::shared_ptr<const TrustBundles>(std::move(bundles));
}

absl::Status TrustBundles::Claim(const TrustBundleSource& source) {
  if (!IsStateCode(source.state)) {
    return Invalid(source, "state", "must be an ISO 3166-1 alpha-2 code, two capital letters");
  }
  if (!IsTrustDomain(source.trust_domain)) {
    return Invalid(source, "trust_domain", "must be 1 to 255 of a-z 0-9 . - _");
  }
  if (!trust_domain_by_state_.emplace(source.state, source.trust_domain).second) {
    return Invalid(source, "state", "has a bundle already; put all its roots into one");
  }
  if (const TrustBundle* other = ForTrustDomain(source.trust_domain)) {
    return Invalid(source, "trust_domain",
                   "'" + source.trust_domain + "' already belongs to " + other->state);
  }
  return absl::OkStatus();
}

absl::Status TrustBundles::Add(const TrustBundleSource& source) {
  if (absl::Status claimed = Claim(source); !claimed.ok()) return claimed;
  if (source.pem.size() > kBundleBytesMax) {
    return Invalid(source, "pem", "is larger than " + std::to_string(kBundleBytesMax) + " bytes");
  }
  auto certificates = x509::ReadCertificates(source.pem, kBundleCertificatesMax);
  if (!certificates.ok())
    return Invalid(source, "pem", std::string(certificates.status().message()));
  // 1 is the only answer that means a version 3 CA by its basic constraints and key usage; the
  // others are OpenSSL's guesses about certificates of the 1990s.
  for (const x509::CertificatePtr& certificate : *certificates) {
    if (X509_check_ca(certificate.get()) == 1) continue;
    return Invalid(
        source, "pem",
        x509::Describe(certificate.get()) + " is not a CA certificate; a bundle holds only CAs");
  }
  auto anchors = AnchorsOf(*std::move(certificates));
  if (!anchors.ok()) return Invalid(source, "pem", std::string(anchors.status().message()));
  for (const x509::CertificatePtr& root : (*anchors)->roots) {
    const auto [known, is_new] = state_by_root_key_.emplace(KeyDigest(root.get()), source.state);
    if (is_new || known->second == source.state) continue;
    return Invalid(source, "pem",
                   x509::Describe(root.get()) + " is also a root of " + known->second +
                       "; a root speaks for one State");
  }
  auto revocation = ReadRevocation(source, **anchors);
  if (!revocation.ok()) return revocation.status();
  by_trust_domain_.emplace(
      source.trust_domain,
      TrustBundle{source.state, source.trust_domain, *std::move(anchors), *std::move(revocation)});
  return absl::OkStatus();
}

const TrustBundle* TrustBundles::ForTrustDomain(std::string_view trust_domain) const {
  const auto found = by_trust_domain_.find(trust_domain);
  return found == by_trust_domain_.end() ? nullptr : &found->second;
}

std::vector<std::string> TrustBundles::States() const {
  std::vector<std::string> states;
  for (const auto& [state, domain] : trust_domain_by_state_) states.push_back(state);
  return states;
}

}  // namespace tracegate

#include "gateway/identity/caller_verifier.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gateway/identity/certificate_path.h"
#include "gateway/identity/certificate_text.h"
#include "gateway/identity/leaf_profile.h"
#include "gateway/identity/spiffe_id.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kLeafBytesMax = 64 << 10;
constexpr size_t kChainBytesMax = 256 << 10;
constexpr size_t kChainCertificatesMax = 16;

absl::Status Unsuitable(const absl::Status& problem) {
  const auto message = problem.message();
  return Failure(v1::REASON_CERTIFICATE_UNSUITABLE, {message.data(), message.size()});
}

absl::StatusOr<std::vector<x509::CertificatePtr>> Read(std::string_view what, std::string_view pem,
                                                       size_t certificates_max) {
  auto certificates = x509::ReadCertificates(pem, certificates_max);
  if (certificates.ok()) return certificates;
  return Failure(v1::REASON_CERTIFICATE_UNSUITABLE,
                 std::string(what) + " " + std::string(certificates.status().message()));
}

}  // namespace

CallerVerifier::CallerVerifier(std::shared_ptr<const TrustBundles> bundles,
                               const CallerVerifierOptions& options)
    : bundles_(std::move(bundles)), options_(options), cache_(options.cache_entries_max) {}

absl::StatusOr<Caller> CallerVerifier::Verify(std::string_view leaf_pem, std::string_view chain_pem,
                                              absl::Time now) const {
  if (leaf_pem.empty()) {
    return Failure(v1::REASON_CERTIFICATE_MISSING,
                   "the connection has no client certificate; connect with one of your State's CA");
  }
  if (leaf_pem.size() > kLeafBytesMax || chain_pem.size() > kChainBytesMax) {
    return Failure(v1::REASON_CERTIFICATE_UNSUITABLE,
                   "the certificate is over 64 KiB or its chain over 256 KiB");
  }
  if (auto known = cache_.Find(leaf_pem, now)) return *std::move(known);

  auto leaves = Read("the client certificate", leaf_pem, 1);
  if (!leaves.ok()) return leaves.status();
  if (leaves->empty()) {
    return Failure(v1::REASON_CERTIFICATE_UNSUITABLE, "the client certificate is not PEM");
  }
  auto sent = Read("the chain behind the client certificate", chain_pem, kChainCertificatesMax);
  if (!sent.ok()) return sent.status();
  X509* leaf = leaves->front().get();

  auto uri = SoleUriName(leaf);
  if (!uri.ok()) return Unsuitable(uri.status());
  auto id = ParseSpiffeId(*uri);
  if (!id.ok()) return id.status();
  if (absl::Status fit = CheckLeafProfile(leaf, {.client = true}); !fit.ok())
    return Unsuitable(fit);

  // The certificate says which State it speaks for, and only that State's roots are asked: a path
  // to any other root, however well trusted for TLS, is no path.
  const TrustBundle* bundle = bundles_->ForTrustDomain(id->trust_domain);
  if (bundle == nullptr) {
    return Failure(v1::REASON_CERTIFICATE_UNTRUSTED,
                   x509::Describe(leaf) + " names a trust domain that is bound to no State here");
  }
  auto validity =
      VerifyPath(leaf, *sent, *bundle, {.intermediates_max = options_.intermediates_max}, now);
  if (!validity.ok()) return validity.status();

  Caller caller{bundle->state,        std::move(id->agency),     id->role,
                *std::move(uri),      x509::Fingerprint(leaf),   validity->not_after,
                validity->revocation, validity->revocation_until};
  cache_.Put(leaf_pem, caller, validity->not_before,
             std::min({validity->not_after, validity->revocation_until, now + options_.cache_ttl}));
  return caller;
}

}  // namespace tracegate

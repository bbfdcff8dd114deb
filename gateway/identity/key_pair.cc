#include "gateway/identity/key_pair.h"

#include <openssl/err.h>

#include <algorithm>
#include <vector>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/leaf_profile.h"
#include "gateway/identity/private_key.h"
#include "gateway/identity/spiffe_id.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kChainCertificatesMax = 16;

absl::Status Invalid(const std::string& file, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, file, problem);
}

absl::Status CheckOrder(const std::string& file, const std::vector<x509::CertificatePtr>& chain) {
  for (size_t i = 0; i + 1 < chain.size(); ++i) {
    if (X509_check_issued(chain[i + 1].get(), chain[i].get()) == X509_V_OK) continue;
    return Invalid(file, x509::Describe(chain[i].get()) + " is not issued by the next, " +
                             x509::Describe(chain[i + 1].get()) +
                             "; the leaf comes first, then each issuer");
  }
  return absl::OkStatus();
}

absl::Status CheckValidity(const std::string& file, const X509* certificate, absl::Time now) {
  if (now < x509::NotBefore(certificate)) {
    return Invalid(file, x509::Describe(certificate) + " is not valid before " +
                             x509::Instant(x509::NotBefore(certificate)) + "; it is " +
                             x509::Instant(now));
  }
  if (now >= x509::NotAfter(certificate)) {
    return Invalid(file, x509::Describe(certificate) + " ended at " +
                             x509::Instant(x509::NotAfter(certificate)) + "; it is " +
                             x509::Instant(now));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<KeyPairSummary> CheckKeyPair(const KeyPairSource& source, KeyPairUsages usages,
                                            absl::Time now) {
  auto chain = x509::ReadCertificates(source.chain_pem, kChainCertificatesMax);
  if (!chain.ok()) return Invalid(source.chain_file, std::string(chain.status().message()));
  if (chain->empty()) return Invalid(source.chain_file, "holds no PEM certificate");
  X509* leaf = chain->front().get();

  if (absl::Status order = CheckOrder(source.chain_file, *chain); !order.ok()) return order;
  KeyPairSummary summary{"", x509::Fingerprint(leaf), absl::InfiniteFuture()};
  for (const auto& certificate : *chain) {
    absl::Status valid = CheckValidity(source.chain_file, certificate.get(), now);
    if (!valid.ok()) return valid;
    summary.not_after = std::min(summary.not_after, x509::NotAfter(certificate.get()));
  }
  absl::Status fit = CheckLeafProfile(leaf, {.client = usages.client, .server = usages.server});
  if (!fit.ok()) return Invalid(source.chain_file, std::string(fit.message()));
  // A client is known by its SPIFFE ID; a certificate that only serves may do without.
  auto uri = SoleUriName(leaf);
  if (uri.ok()) {
    if (auto id = ParseSpiffeId(*uri); !id.ok()) {
      return Invalid(source.chain_file, std::string(id.status().message()));
    }
    summary.spiffe_id = *std::move(uri);
  } else if (usages.client) {
    return Invalid(source.chain_file, std::string(uri.status().message()));
  }

  auto key = x509::ReadPrivateKey(source.key_pem);
  if (!key.ok()) return Invalid(source.key_file, std::string(key.status().message()));
  const bool matches = X509_check_private_key(leaf, key->get()) == 1;
  ERR_clear_error();
  if (!matches) {
    return Invalid(source.key_file, "is not the key of " + x509::Describe(leaf) + " in " +
                                        source.chain_file + "; replace both files together");
  }
  return summary;
}

}  // namespace tracegate

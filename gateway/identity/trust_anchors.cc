#include "gateway/identity/trust_anchors.h"

#include <utility>

#include "gateway/identity/certificate_text.h"

namespace tracegate {

absl::StatusOr<std::shared_ptr<const TrustAnchors>> AnchorsOf(
    std::vector<x509::CertificatePtr> certificates) {
  auto anchors = std::make_shared<TrustAnchors>();
  anchors->store.reset(X509_STORE_new());
  for (x509::CertificatePtr& certificate : certificates) {
    if (X509_self_signed(certificate.get(), /*verify_signature=*/1) != 1) {
      anchors->intermediates.push_back(std::move(certificate));
      continue;
    }
    if (X509_STORE_add_cert(anchors->store.get(), certificate.get()) != 1) {
      return absl::InvalidArgumentError(x509::Describe(certificate.get()) +
                                        " cannot be used as a root (" + x509::TakeLibraryError() +
                                        ")");
    }
    anchors->roots.push_back(std::move(certificate));
  }
  // What X509_self_signed found wrong with the others' signatures is nobody's error.
  x509::TakeLibraryError();
  if (anchors->roots.empty()) {
    return absl::InvalidArgumentError(
        "holds no self-signed CA certificate; without a root it trusts nobody");
  }
  return std::shared_ptr<const TrustAnchors>(std::move(anchors));
}

std::vector<X509*> AuthoritiesOf(const TrustAnchors& anchors) {
  std::vector<X509*> authorities;
  for (const auto& root : anchors.roots) authorities.push_back(root.get());
  for (const auto& intermediate : anchors.intermediates) authorities.push_back(intermediate.get());
  return authorities;
}

}  // namespace tracegate

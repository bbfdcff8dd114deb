#include "gateway/identity/path_judgement.h"

#include <utility>

#include "gateway/identity/certificate_path.h"
#include "gateway/identity/certificate_text.h"
#include "gateway/identity/revocation_lists.h"
#include "gateway/identity/trust_anchors.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kRootsMax = 64;
constexpr size_t kChainCertificatesMax = 128;

absl::Status Unreadable(std::string_view what, const absl::Status& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, what, std::string(problem.message()));
}

absl::StatusOr<TrustBundle> BundleOf(const PathQuestion& question) {
  auto roots = x509::ReadCertificates(question.roots, kRootsMax);
  if (!roots.ok()) return Unreadable("roots", roots.status());
  auto anchors = AnchorsOf(*std::move(roots));
  if (!anchors.ok()) return Unreadable("roots", anchors.status());
  TrustBundle bundle{"", "", *std::move(anchors), nullptr};
  if (question.crls.empty()) return bundle;
  auto lists = ReadRevocationLists({question.crls, absl::ZeroDuration(), question.at},
                                   AuthoritiesOf(*bundle.anchors));
  if (!lists.ok()) return Unreadable("crls", lists.status());
  bundle.revocation = *std::move(lists);
  return bundle;
}

}  // namespace

absl::StatusOr<PathValidity> JudgePath(const PathQuestion& question) {
  auto bundle = BundleOf(question);
  if (!bundle.ok()) return bundle.status();
  auto chain = x509::ReadCertificates(question.chain, kChainCertificatesMax);
  if (!chain.ok()) {
    return Failure(v1::REASON_CERTIFICATE_UNSUITABLE,
                   "the chain " + std::string(chain.status().message()));
  }
  if (chain->empty())
    return Failure(v1::REASON_CERTIFICATE_MISSING, "the chain holds no PEM certificate");
  const x509::CertificatePtr leaf = std::move(chain->front());
  chain->erase(chain->begin());
  return VerifyPath(leaf.get(), *chain, *bundle,
                    {.intermediates_max = question.intermediates_max, .tls_client = false},
                    question.at);
}

}  // namespace tracegate

#include "gateway/daemon/trust_files.h"

#include <optional>
#include <string>
#include <utility>

#include "gateway/daemon/named_file.h"
#include "protos/tracegate/duration.h"

namespace tracegate {
namespace {

absl::StatusOr<std::optional<RevocationSource>> ReadRevocation(const config::v1::TrustBundle& trust,
                                                               const std::string& at,
                                                               const YamlPlaces& places,
                                                               absl::Time loaded_at) {
  if (!trust.has_crl()) return std::optional<RevocationSource>();
  auto crl = ReadNamedFile(trust.crl(), at + ".crl", places);
  if (!crl.ok()) return crl.status();
  return std::optional(RevocationSource{*std::move(crl), ToDuration(trust.crl_grace()), loaded_at});
}

}  // namespace

absl::StatusOr<std::vector<TrustBundleSource>> ReadTrustFiles(const config::v1::Identity& identity,
                                                              const YamlPlaces& places,
                                                              absl::Time loaded_at) {
  std::vector<TrustBundleSource> sources;
  for (int i = 0; i < identity.trust_size(); ++i) {
    const auto& trust = identity.trust(i);
    const std::string at = "identity.trust[" + std::to_string(i) + "]";
    auto pem = ReadNamedFile(trust.bundle(), at + ".bundle", places);
    if (!pem.ok()) return pem.status();
    auto revocation = ReadRevocation(trust, at, places, loaded_at);
    if (!revocation.ok()) return revocation.status();
    sources.push_back(
        {trust.state(), trust.trust_domain(), *std::move(pem), *std::move(revocation)});
  }
  return sources;
}

void KeepLoadedAt(const std::vector<TrustBundleSource>& former,
                  std::vector<TrustBundleSource>* sources) {
  for (TrustBundleSource& source : *sources) {
    for (const TrustBundleSource& before : former) {
      if (before.state != source.state || !before.revocation || !source.revocation) continue;
      if (before.revocation->crl == source.revocation->crl)
        source.revocation->loaded_at = before.revocation->loaded_at;
    }
  }
}

absl::StatusOr<std::shared_ptr<const TrustBundles>> LoadTrust(
    const std::vector<TrustBundleSource>& sources, const YamlPlaces& places) {
  auto bundles = TrustBundles::Load(sources);
  if (!bundles.ok())
    return places.Failure("identity.trust", std::string(bundles.status().message()));
  return bundles;
}

}  // namespace tracegate

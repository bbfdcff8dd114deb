#include "gateway/daemon/log_watchers.h"

#include <utility>

namespace tracegate {
namespace {

absl::StatusOr<audit::VerifierKey> ReadKey(const std::string& text, bool cosigner,
                                           const std::string& at, const YamlPlaces& places) {
  auto key = audit::VerifierKey::Parse(text);
  if (!key.ok()) return places.Failure(at, std::string(key.status().message()));
  if (key->cosigner == cosigner) return key;
  return places.Failure(at, cosigner ? "is the key of a log, not of a cosigner"
                                     : "is the key of a cosigner, not of a log");
}

}  // namespace

absl::StatusOr<LogWatchers> ReadLogWatchers(const config::v1::GatewayConfig& config,
                                            const YamlPlaces& places) {
  LogWatchers watchers;
  const auto& witnessing = config.evidence().witnessing();
  for (int i = 0; i < witnessing.logs_size(); ++i) {
    const auto& log = witnessing.logs(i);
    const std::string at = "evidence.witnessing.logs[" + std::to_string(i) + "]";
    auto key = ReadKey(log.key(), false, at + ".key", places);
    if (!key.ok()) return key.status();
    if (!watchers.logs.emplace(log.state(), *std::move(key)).second) {
      return places.Failure(at + ".state",
                            log.state() + " has a log already; one a State is watched");
    }
  }
  for (int i = 0; i < config.registries_size(); ++i) {
    const auto& registry = config.registries(i);
    const std::string at = "registries[" + std::to_string(i) + "].peer.";
    if (!registry.peer().cosigning_key().empty()) {
      auto key = ReadKey(registry.peer().cosigning_key(), true, at + "cosigning_key", places);
      if (!key.ok()) return key.status();
      watchers.cosigners.emplace(registry.state(), *std::move(key));
    }
  }
  return watchers;
}

}  // namespace tracegate

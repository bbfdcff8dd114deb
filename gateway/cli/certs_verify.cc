#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "absl/time/clock.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/certs_commands.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/typed_time.h"
#include "gateway/cli/verdict_lines.h"
#include "gateway/daemon/config_defaults.h"
#include "gateway/daemon/trust_files.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/identity/path_judgement.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

struct Typed {
  std::string folder;
  std::vector<std::string> trust_domains;  // XX=domain
  std::string config;
  std::string chain;
  std::string at;
  std::vector<std::string> crls;
  int intermediates_max = 4;
  bool path_only = false;
  bool lines = false;
};

absl::Status Wrong(std::string_view option, std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, option, problem);
}

absl::StatusOr<std::string> ReadAll(const std::vector<std::string>& files) {
  std::string joined;
  for (const std::string& file : files) {
    auto text = ReadLocalFile(file);
    if (!text.ok()) return text.status();
    // One file stays as it is: it may be DER.
    joined += files.size() == 1 ? *text : *text + "\n";
  }
  return joined;
}

absl::StatusOr<std::optional<RevocationSource>> CrlsOf(const Typed& typed, const std::string& state,
                                                       absl::Time at) {
  const std::string beside = typed.folder + "/" + state + ".crl.pem";
  std::vector<std::string> files = typed.crls;
  if (files.empty() && std::filesystem::exists(beside)) files.push_back(beside);
  if (files.empty()) return std::optional<RevocationSource>();
  auto text = ReadAll(files);
  if (!text.ok()) return text.status();
  return std::optional(RevocationSource{*std::move(text), absl::ZeroDuration(), at});
}

absl::StatusOr<std::shared_ptr<const TrustBundles>> BundlesOfFolder(const Typed& typed,
                                                                    absl::Time at) {
  std::vector<TrustBundleSource> sources;
  for (const std::string& binding : typed.trust_domains) {
    const size_t sign = binding.find('=');
    if (sign == std::string::npos)
      return Wrong("--trust-domain", "must be STATE=DOMAIN, such as BR=br.example");
    const std::string state = binding.substr(0, sign);
    auto pem = ReadLocalFile(typed.folder + "/" + state + ".pem");
    if (!pem.ok()) return pem.status();
    auto revocation = CrlsOf(typed, state, at);
    if (!revocation.ok()) return revocation.status();
    sources.push_back({state, binding.substr(sign + 1), *std::move(pem), *std::move(revocation)});
  }
  if (sources.empty())
    return Wrong("--trust-domain", "say whose roots are whose: --trust-domain BR=br.example");
  return TrustBundles::Load(sources);
}

absl::StatusOr<std::shared_ptr<const TrustBundles>> BundlesOfConfig(const std::string& file,
                                                                    absl::Time at) {
  config::v1::GatewayConfig config;
  YamlPlaces places;
  if (auto status = ReadGatewayConfig(file, &config, &places); !status.ok()) return status;
  auto sources = ReadTrustFiles(config.identity(), places, at);
  if (!sources.ok()) return sources.status();
  return LoadTrust(*sources, places);
}

absl::StatusOr<nlohmann::json> JudgeAsCaller(const Typed& typed, const std::string& chain,
                                             absl::Time at) {
  auto bundles =
      typed.config.empty() ? BundlesOfFolder(typed, at) : BundlesOfConfig(typed.config, at);
  if (!bundles.ok()) return bundles.status();
  CallerVerifierOptions options;
  options.cache_entries_max = 0;
  options.intermediates_max = typed.intermediates_max;
  const auto [leaf, rest] = LeafAndRest(chain);
  return VerdictOf(CallerVerifier(*bundles, options).Verify(leaf, rest, at));
}

absl::StatusOr<std::string> RootsIn(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".pem") && !name.ends_with(".crl.pem"))
      files.push_back(entry.path().string());
  }
  if (error) return Wrong("--bundle", "the folder " + folder + " cannot be read");
  std::sort(files.begin(), files.end());
  return ReadAll(files);
}

absl::StatusOr<nlohmann::json> JudgePathAlone(const Typed& typed, const std::string& chain,
                                              absl::Time at) {
  auto roots = RootsIn(typed.folder);
  if (!roots.ok()) return roots.status();
  auto crls = ReadAll(typed.crls);
  if (!crls.ok()) return crls.status();
  auto path = JudgePath({*std::move(roots), chain, *std::move(crls), at, typed.intermediates_max});
  if (!path.ok() && DetailOf(path.status()).reason() == v1::REASON_CONFIG_INVALID)
    return path.status();
  return VerdictOf(path);
}

absl::StatusOr<ExitCode> Verify(const Typed& typed, bool json) {
  if (typed.lines) return JudgeLines(std::cin, std::cout);
  if (typed.folder.empty() == typed.config.empty()) {
    return Wrong("--bundle", "say which roots to ask: --bundle DIR or --config FILE, not both");
  }
  if (typed.path_only && typed.folder.empty()) return Wrong("--path-only", "needs --bundle DIR");
  auto chain = ReadLocalFile(typed.chain);
  if (!chain.ok()) return chain.status();
  auto at = typed.at.empty() ? absl::Now() : ParseTypedTime("--at", typed.at);
  if (!at.ok()) return at.status();
  auto verdict =
      typed.path_only ? JudgePathAlone(typed, *chain, *at) : JudgeAsCaller(typed, *chain, *at);
  if (!verdict.ok()) return verdict.status();
  const bool accepted = (*verdict)["verdict"] == "accepted";
  if (json) {
    std::cout << OneLine(*verdict);
  } else if (accepted) {
    std::cout << VerdictText(*verdict);
  } else {
    std::cout << "refused: " << (*verdict)["reason"].get<std::string>() << ": "
              << (*verdict)["message"].get<std::string>() << "\n";
  }
  return accepted ? kExitOk : kExitRefused;
}

}  // namespace

void AddCertsVerify(CLI::App* certs, Session* session) {
  auto* command =
      certs->add_subcommand("verify", "Say whom a certificate identifies, or why nobody");
  command->fallthrough();
  auto typed = std::make_shared<Typed>();
  command->add_option("--bundle", typed->folder,
                      "Folder of bundles, XX.pem for each State, and XX.crl.pem");
  command->add_option("--trust-domain", typed->trust_domains,
                      "STATE=DOMAIN: whose roots to ask; may be repeated");
  command->add_option("--config", typed->config, "A gateway's configuration, in place of a folder");
  command->add_option("--chain", typed->chain, "PEM, leaf first; - for standard input");
  command->add_option("--at", typed->at, "The instant to judge at, RFC 3339; else now");
  command->add_option("--crl", typed->crls, "CRLs, in place of the folder's");
  command
      ->add_option("--intermediates-max", typed->intermediates_max,
                   "Certificates between leaf and root")
      ->check(CLI::Range(0, 100));
  command->add_flag("--path-only", typed->path_only,
                    "The path alone: any purpose, any name, every root in the folder");
  command->add_flag("--jsonl", typed->lines, "Judge one JSON object a line from standard input");
  command->callback([=] { session->RunHere([&] { return Verify(*typed, session->json); }); });
}

}  // namespace tracegate

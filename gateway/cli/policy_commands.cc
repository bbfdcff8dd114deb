#include "gateway/cli/policy_commands.h"

#include <iostream>
#include <memory>

#include "absl/time/clock.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/enum_word.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/policy_explanation.h"
#include "gateway/cli/typed_time.h"
#include "gateway/daemon/config_defaults.h"
#include "gateway/daemon/trust_files.h"
#include "gateway/policy/access_matrix.h"

namespace tracegate {
namespace {

struct Typed {
  std::string config;
  std::string certificate;
  std::string method = "CreateTrace";
  std::string to_state;
  std::string use = "CRIMINAL_INVESTIGATION";
  std::string at;
  bool no_confidentiality = false;
};

// The whole name of an RPC that was typed whole, as "Service.Method" or as "Method"; as typed where there is none.
std::string MethodNamed(const std::string& typed) {
  for (const AccessRow& row : AccessTable()) {
    const std::string_view method = row.method;
    const std::string_view service = method.substr(method.rfind('.', method.rfind('/')) + 1);
    std::string dotted(service);
    dotted[service.find('/')] = '.';
    if (typed == method || typed == dotted || method.ends_with("/" + typed)) {
      return std::string(method);
    }
  }
  return typed;
}

absl::StatusOr<PolicyQuestion> QuestionOf(const Typed& typed) {
  PolicyQuestion question{MethodNamed(typed.method), typed.to_state, {}, absl::Now()};
  auto use = EnumNumber("--use", typed.use, *v1::IntendedUse_descriptor());
  if (!use.ok()) return use.status();
  question.request.set_intended_use(static_cast<v1::IntendedUse>(*use));
  if (!typed.no_confidentiality) {
    question.request.set_confidentiality(v1::CONFIDENTIALITY_GUARANTEE_GIVEN);
  }
  if (typed.at.empty()) return question;
  auto at = ParseTypedTime("--at", typed.at);
  if (!at.ok()) return at.status();
  question.at = *at;
  return question;
}

absl::StatusOr<ExitCode> Explain(const Typed& typed, bool json) {
  config::v1::GatewayConfig config;
  YamlPlaces places;
  if (auto status = ReadGatewayConfig(typed.config, &config, &places); !status.ok()) return status;
  auto question = QuestionOf(typed);
  if (!question.ok()) return question.status();
  auto sources = ReadTrustFiles(config.identity(), places, question->at);
  if (!sources.ok()) return sources.status();
  auto bundles = LoadTrust(*sources, places);
  if (!bundles.ok()) return bundles.status();
  auto book = AgreementBook::Create(config.agreements());
  if (!book.ok()) return book.status();
  auto chain = ReadLocalFile(typed.certificate);
  if (!chain.ok()) return chain.status();
  const auto [leaf, rest] = LeafAndRest(*chain);
  const CallerVerifier verifier(*bundles, CallerVerifierOptions{});
  const auto out =
      ExplainPolicy(config, **book, verifier.Verify(leaf, rest, question->at), *question);
  std::cout << (json ? OneLine(out) : PolicyText(out));
  return out["verdict"] == "allowed" ? kExitOk : kExitRefused;
}

void AddExplain(CLI::App* policy, Session* session) {
  auto* command = policy->add_subcommand(
      "explain", "Say what a gateway would let a certificate do, and what it would tell");
  command->fallthrough();
  auto typed = std::make_shared<Typed>();
  command->add_option("--config", typed->config, "Gateway configuration, YAML")->required();
  command->add_option("--certificate", typed->certificate, "PEM, leaf first; - for standard input")
      ->required();
  command->add_option("--method", typed->method, "RPC; else CreateTrace");
  command->add_option("--to-state", typed->to_state, "The State that is asked");
  command->add_option("--use", typed->use, "Intended use; else CRIMINAL_INVESTIGATION");
  command->add_option("--at", typed->at, "The instant to judge at, RFC 3339; else now");
  command->add_flag("--no-confidentiality", typed->no_confidentiality,
                    "The asker does not guarantee confidentiality");
  command->callback([=] { session->RunHere([&] { return Explain(*typed, session->json); }); });
}

}  // namespace

void AddPolicyCommands(CLI::App* app, Session* session) {
  auto* policy = app->add_subcommand("policy", "See what a gateway's policy lets whom do");
  policy->require_subcommand(1);
  AddExplain(policy, session);
  auto* matrix = policy->add_subcommand("matrix", "Print who may call what, as Markdown");
  matrix->callback([] { std::cout << AccessMatrix(); });
}

}  // namespace tracegate

#include <iostream>

#include "gateway/cli/offline_commands.h"
#include "gateway/cli/proof_lines.h"

namespace tracegate {

void AddProofCommands(CLI::App* app, Session* session) {
  auto* proof = app->add_subcommand("proof", "Check Merkle proofs");
  proof->require_subcommand(1);
  proof->fallthrough();
  auto* command = proof->add_subcommand("check", "Check inclusion and consistency proofs");
  command->add_flag("--jsonl")
      ->description("One JSON object a line from standard input")
      ->required();
  command->callback([=] {
    session->RunHere(
        []() -> absl::StatusOr<ExitCode> { return JudgeProofLines(std::cin, std::cout); });
  });
}

}  // namespace tracegate

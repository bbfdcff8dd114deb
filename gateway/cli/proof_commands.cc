#include <iostream>
#include <memory>

#include "gateway/cli/offline_commands.h"
#include "gateway/cli/proof_lines.h"
#include "protos/tracegate/failure.h"

namespace tracegate {

void AddProofCommands(CLI::App* app, Session* session) {
  auto* proof = app->add_subcommand("proof", "Check Merkle proofs");
  proof->require_subcommand(1);
  proof->fallthrough();
  auto* command = proof->add_subcommand("check", "Check inclusion and consistency proofs");
  auto lines = std::make_shared<bool>(false);
  command->add_flag("--jsonl", *lines, "One JSON object a line from standard input")->required();
  command->callback([=] {
    session->RunHere([&]() -> absl::StatusOr<ExitCode> {
      std::ios::sync_with_stdio(false);
      return JudgeProofLines(std::cin, std::cout);
    });
  });
}

}  // namespace tracegate

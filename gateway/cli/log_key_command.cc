#include "gateway/cli/log_key_command.h"

#include <iostream>
#include <memory>
#include <string>

#include "gateway/cli/local_file.h"
#include "gateway/evidence/note_signer.h"
#include "gateway/evidence/witness/cosigner.h"

namespace tracegate {
namespace {

absl::StatusOr<std::string> VerifierKeyOf(const std::string& origin, const std::string& file,
                                          bool cosigner) {
  const auto pem = ReadLocalFile(file);
  if (!pem.ok()) return pem.status();
  if (cosigner) {
    const auto key = Cosigner::FromPem(origin, *pem);
    if (!key.ok()) return key.status();
    return key->verifier_key();
  }
  const auto key = NoteSigner::FromPem(origin, *pem, file);
  if (!key.ok()) return key.status();
  return (*key)->verifier_key();
}

}  // namespace

void AddLogKey(CLI::App* log, Session* session) {
  auto* command = log->add_subcommand(
      "key", "Print the public key (C2SP verifier key) that others check a log with");
  auto origin = std::make_shared<std::string>();
  auto file = std::make_shared<std::string>();
  auto cosigner = std::make_shared<bool>(false);
  command->add_option("--origin", *origin, "evidence.origin of the gateway")->required();
  command->add_option("--key", *file, "Private key, PEM file")->required();
  command->add_flag("--cosigner", *cosigner, "Of a key that cosigns other logs");
  command->callback([=] {
    session->RunHere([&]() -> absl::StatusOr<ExitCode> {
      const auto key = VerifierKeyOf(*origin, *file, *cosigner);
      if (!key.ok()) return key.status();
      std::cout << *key << "\n";
      return kExitOk;
    });
  });
}

}  // namespace tracegate

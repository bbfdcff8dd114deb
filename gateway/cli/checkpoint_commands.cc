#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/offline_commands.h"
#include "gateway/cli/typed_time.h"
#include "gateway/cli/verifier_keys.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using audit::SignedCheckpoint;
using nlohmann::json;

struct Typed {
  std::string file = "-";
  std::vector<std::string> keys;
  bool all = false;
};

std::string CosignedAt(const SignedCheckpoint::Signer& signer) {
  return TimeText(absl::FromUnixSeconds(*signer.time_s));
}

json JsonOfCheckpoint(const SignedCheckpoint& checkpoint) {
  json signers = json::array();
  for (const auto& signer : checkpoint.signers) {
    json one = {{"name", signer.name}};
    if (signer.time_s) one["cosigned_at"] = CosignedAt(signer);
    signers.push_back(one);
  }
  return {{"origin", checkpoint.origin},
          {"size", checkpoint.tree_size},
          {"root", audit::TextOf(checkpoint.root)},
          {"signed_by", signers},
          {"not_signed_by", checkpoint.silent},
          {"unknown_signatures", checkpoint.unknown}};
}

std::string TextOfCheckpoint(const SignedCheckpoint& checkpoint) {
  std::string text = "  origin           " + checkpoint.origin + "\n  size             " +
                     std::to_string(checkpoint.tree_size) + "\n  root             " +
                     audit::TextOf(checkpoint.root) + "\n";
  for (const auto& signer : checkpoint.signers) {
    text += signer.time_s ? "  cosigned by      " + signer.name + " at " + CosignedAt(signer) + "\n"
                          : "  signed by        " + signer.name + "\n";
  }
  for (const std::string& name : checkpoint.silent) text += "  NOT signed by    " + name + "\n";
  for (const std::string& line : checkpoint.unknown) text += "  unknown key      " + line + "\n";
  return text;
}

absl::StatusOr<ExitCode> Verify(const Typed& typed, bool as_json) {
  const auto keys = TypedVerifierKeys(typed.keys);
  if (!keys.ok()) return keys.status();
  const auto note = ReadLocalFile(typed.file);
  if (!note.ok()) return note.status();
  const auto checkpoint = audit::OpenCheckpoint(*note, *keys);
  const bool verified = checkpoint.ok() && !(typed.all && !checkpoint->silent.empty());
  json verdict = checkpoint.ok() ? JsonOfCheckpoint(*checkpoint) : json::object();
  verdict["verdict"] = verified ? "verified" : "refused";
  std::string why;
  if (!checkpoint.ok()) why = std::string(checkpoint.status().message());
  if (checkpoint.ok() && !verified) why = "not every key given signed it";
  if (!verified) verdict["message"] = why;
  if (as_json) {
    std::cout << OneLine(verdict);
  } else {
    std::cout << (verified ? "verified\n" : "NOT verified: " + why + "\n")
              << (checkpoint.ok() ? TextOfCheckpoint(*checkpoint) : "");
  }
  return verified ? kExitOk : kExitNoProof;
}

}  // namespace

void AddCheckpointCommands(CLI::App* app, Session* session) {
  auto* checkpoint = app->add_subcommand("checkpoint", "Check a signed checkpoint");
  checkpoint->require_subcommand(1);
  checkpoint->fallthrough();
  auto* command =
      checkpoint->add_subcommand("verify", "Say who signed and cosigned a checkpoint, and when");
  auto typed = std::make_shared<Typed>();
  command->add_option("FILE", typed->file, "C2SP signed note; - or nothing for standard input");
  // One key each time, so that FILE behind it is not taken for another.
  command
      ->add_option("--key", typed->keys,
                   "C2SP verifier key of a log or a cosigner; may be repeated")
      ->allow_extra_args(false)
      ->required();
  command->add_flag("--all", typed->all, "Every key given must have signed");
  command->callback([=] { session->RunHere([&] { return Verify(*typed, session->json); }); });
}

}  // namespace tracegate

#include <google/protobuf/util/json_util.h>

#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/offline_commands.h"
#include "gateway/cli/verifier_keys.h"
#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/receipt_check.h"
#include "gateway/evidence/reply_receipt.h"
#include "gateway/evidence/signed_note.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

using nlohmann::json;

struct Typed {
  std::string reply;
  std::string content;
  std::string receipt;
  std::string key;
};

struct Evidence {
  std::string content;
  v1::Receipt receipt;
};

absl::Status Wrong(std::string_view option, std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, option, problem);
}

// A serialised Receipt cannot begin with a brace: that would be field 15, which it does not have.
absl::StatusOr<v1::Receipt> ReadReceipt(const std::string& file) {
  const auto bytes = ReadLocalFile(file);
  if (!bytes.ok()) return bytes.status();
  v1::Receipt receipt;
  const size_t first = bytes->find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string::npos && (*bytes)[first] == '{';
  const bool read = is_json ? google::protobuf::util::JsonStringToMessage(*bytes, &receipt).ok()
                            : receipt.ParseFromString(*bytes);
  if (!read) return Wrong("--receipt", file + " is no tracegate.v1.Receipt, serialised or as JSON");
  return receipt;
}

// What the files hold; a reply that has no receipt is no proof.
absl::StatusOr<Evidence> ReadEvidence(const Typed& typed) {
  const bool apart = !typed.content.empty() && !typed.receipt.empty();
  if (typed.reply.empty() != apart || typed.content.empty() != typed.receipt.empty()) {
    return Wrong("--reply",
                 "say what to check: --reply FILE, or --content FILE and --receipt FILE");
  }
  if (apart) {
    auto content = ReadLocalFile(typed.content);
    if (!content.ok()) return content.status();
    auto receipt = ReadReceipt(typed.receipt);
    if (!receipt.ok()) return receipt.status();
    return Evidence{*std::move(content), *std::move(receipt)};
  }
  const auto reply = ReadLocalFile(typed.reply);
  if (!reply.ok()) return reply.status();
  const auto split = SplitReceipt(*reply);
  if (!split.ok()) return split.status();
  return Evidence{std::string(split->content), split->receipt};
}

// What a receipt that holds proves.
json ProvenBy(const v1::Receipt& receipt) {
  v1::EntryHeader header;
  header.ParseFromString(receipt.header());
  json proven = {{"log_origin", receipt.log_origin()},
                 {"leaf_index", receipt.leaf_index()},
                 {"time", absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ",
                                           absl::FromUnixMicros(header.record_time_us()),
                                           absl::UTCTimeZone())},
                 {"kind", v1::EntryKind_Name(header.kind())},
                 {"actor", header.actor()},
                 {"method", header.method()},
                 {"trace_id", header.trace_id()},
                 {"content_bytes", header.content_bytes()}};
  const auto note = ParseNote(receipt.checkpoint());
  if (!note.ok()) return proven;
  const auto checkpoint = audit::ReadCheckpointText(note->text);
  if (checkpoint.ok()) proven["tree_size"] = checkpoint->tree_size;
  return proven;
}

std::string TextOfProven(const json& proven) {
  std::string text = "verified: these bytes stand in the log\n";
  for (const char* key : {"log_origin", "leaf_index", "tree_size", "time", "kind", "actor",
                          "method", "trace_id", "content_bytes"}) {
    const auto found = proven.find(key);
    if (found == proven.end()) continue;
    const std::string value = found->is_string() ? found->get<std::string>() : found->dump();
    if (value.empty()) continue;
    text += "  " + std::string(key) + std::string(15 - std::string_view(key).size(), ' ') + value +
            "\n";
  }
  return text;
}

absl::StatusOr<ExitCode> Verify(const Typed& typed, bool as_json) {
  if (const auto key = TypedVerifierKeys({typed.key}); !key.ok()) return key.status();
  const auto evidence = ReadEvidence(typed);
  if (!evidence.ok() && DetailOf(evidence.status()).reason() == v1::REASON_CONFIG_INVALID)
    return evidence.status();
  const absl::Status held = evidence.ok()
                                ? VerifyReceipt(evidence->content, evidence->receipt, typed.key)
                                : evidence.status();
  json verdict = held.ok() ? ProvenBy(evidence->receipt) : json::object();
  verdict["verdict"] = held.ok() ? "verified" : "refused";
  if (!held.ok()) verdict["message"] = std::string(held.message());
  if (as_json) {
    std::cout << OneLine(verdict);
  } else {
    std::cout << (held.ok() ? TextOfProven(verdict)
                            : "NOT verified: " + std::string(held.message()) + "\n");
  }
  return held.ok() ? kExitOk : kExitNoProof;
}

}  // namespace

void AddReceiptCommands(CLI::App* app, Session* session) {
  auto* receipt = app->add_subcommand("receipt", "Check the receipt of a reply");
  receipt->require_subcommand(1);
  receipt->fallthrough();
  auto* command = receipt->add_subcommand(
      "verify", "Say whether a reply stands in the log, and what that proves");
  auto typed = std::make_shared<Typed>();
  command->add_option("--reply", typed->reply,
                      "The reply's bytes as they arrived, receipt and all");
  command->add_option("--content", typed->content, "The reply's bytes without the receipt");
  command->add_option("--receipt", typed->receipt, "The receipt: tracegate.v1.Receipt or its JSON");
  command->add_option("--key", typed->key, "C2SP verifier key of the log")->required();
  command->callback([=] { session->RunHere([&] { return Verify(*typed, session->json); }); });
}

}  // namespace tracegate

#include "gateway/cli/log_verdict.h"

#include <algorithm>
#include <vector>

#include "gateway/evidence/audit/digest.h"

namespace tracegate {
namespace {

using nlohmann::json;

std::string TimeOf(int64_t time_us) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::FromUnixMicros(time_us),
                          absl::UTCTimeZone());
}

int64_t EntriesPerSecond(const audit::AuditReport& report, absl::Duration took) {
  const double seconds = std::max(absl::ToDoubleSeconds(took), 1e-6);
  return static_cast<int64_t>(static_cast<double>(report.entries) / seconds);
}

json WrongOf(const audit::Finding& finding) {
  using Kind = audit::Finding::Kind;
  json wrong = {{"message", audit::TextOf(finding)}};
  switch (finding.kind) {
    case Kind::kEntry:
      wrong["what"] = "entry";
      wrong["first"] = finding.first;
      wrong["last"] = finding.last;
      break;
    case Kind::kTile:
      wrong["what"] = "tile";
      wrong["file"] = finding.tile;
      break;
    case Kind::kCheckpoint:
      wrong["what"] = "checkpoint";
      if (finding.first >= 0) wrong["size"] = finding.first;
      break;
  }
  return wrong;
}

std::string Line(const std::string& name, const std::string& value) {
  return "  " + name + std::string(13 - name.size(), ' ') + value + "\n";
}

std::string ErasedText(const audit::AuditReport& report) {
  if (!report.contents_checked) return "not checked: there are none here";
  if (report.erased == 0) return "all checked";
  std::string text =
      "checked; of " + std::to_string(report.erased) + " entries they are erased or withheld:";
  for (const int64_t index : report.first_erased) text += " " + std::to_string(index);
  if (report.erased > static_cast<int64_t>(report.first_erased.size())) text += " ...";
  return text;
}

std::string SignersText(const audit::SignedCheckpoint& checkpoint) {
  std::string text;
  for (const auto& signer : checkpoint.signers) {
    text += (text.empty() ? "" : ", ") + signer.name;
    if (signer.time_s) text += " (cosigned " + TimeOf(*signer.time_s * 1'000'000) + ")";
  }
  return text;
}

}  // namespace

json LogVerdict(const audit::AuditReport& report, absl::Duration took) {
  json verdict = {{"verdict", report.wrong ? "refused" : "verified"},
                  {"entries", report.entries},
                  {"checkpoints_verified", report.checkpoints},
                  {"keys_learned", report.keys_learned},
                  {"contents", report.contents_checked ? "checked" : "not_checked"},
                  {"erased", report.erased},
                  {"first_erased", report.first_erased},
                  {"entries_per_second", EntriesPerSecond(report, took)}};
  if (report.tiles) verdict["tiles_verified"] = *report.tiles;
  if (report.entries > 0) {
    verdict["first_time"] = TimeOf(report.first_time_us);
    verdict["last_time"] = TimeOf(report.last_time_us);
  }
  if (report.proven) {
    verdict["origin"] = report.proven->origin;
    verdict["size"] = report.proven->tree_size;
    verdict["root"] = audit::TextOf(report.proven->root);
  }
  if (report.wrong) verdict["wrong"] = WrongOf(*report.wrong);
  return verdict;
}

std::string LogVerdictText(const audit::AuditReport& report, absl::Duration took) {
  std::string text =
      report.wrong ? "NOT verified: " + audit::TextOf(*report.wrong) + "\n" : "verified\n";
  if (report.proven) {
    if (report.wrong) text += "proven, before that:\n";
    text += Line("log", report.proven->origin);
    text += Line("size", std::to_string(report.proven->tree_size) + " entries");
    text += Line("root", audit::TextOf(report.proven->root));
    text += Line("signed by", SignersText(*report.proven));
    text += Line("checkpoints", std::to_string(report.checkpoints));
    if (report.keys_learned > 0) {
      text +=
          Line("keys", std::to_string(report.keys_learned) + " more, which the log names itself");
    }
  } else {
    text += "nothing is proven\n";
  }
  if (report.wrong) return text;
  if (report.entries > 0) {
    text += Line("time", TimeOf(report.first_time_us) + " to " + TimeOf(report.last_time_us));
  }
  text += Line("contents", ErasedText(report));
  if (report.tiles) text += Line("tiles", std::to_string(*report.tiles));
  return text + Line("speed", std::to_string(EntriesPerSecond(report, took)) + " entries/s");
}

}  // namespace tracegate

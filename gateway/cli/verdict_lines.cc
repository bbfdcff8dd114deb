#include "gateway/cli/verdict_lines.h"

#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/typed_time.h"
#include "gateway/identity/caller_verifier.h"
#include "gateway/identity/path_judgement.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using nlohmann::json;

constexpr int kIntermediatesMax = 4;

struct Question {
  PathQuestion path;
  bool path_only = false;
  std::string state;
  std::string trust_domain;
};

absl::Status Wrong(std::string_view field, std::string_view problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, problem);
}

absl::StatusOr<std::string> JoinedTexts(const json& line, const char* field) {
  std::string joined;
  const auto found = line.find(field);
  if (found == line.end()) return joined;
  if (!found->is_array()) return Wrong(field, "must be a list of PEM texts");
  for (const json& text : *found) {
    if (!text.is_string()) return Wrong(field, "must be a list of PEM texts");
    joined += text.get<std::string>() + "\n";
  }
  return joined;
}

std::string TextOf(const json& line, const char* field) {
  const auto found = line.find(field);
  return found != line.end() && found->is_string() ? found->get<std::string>() : "";
}

absl::StatusOr<Question> ReadQuestion(const json& line) {
  Question question;
  for (const auto& [field, target] :
       {std::pair{"roots", &question.path.roots}, std::pair{"chain", &question.path.chain},
        std::pair{"crls", &question.path.crls}}) {
    auto texts = JoinedTexts(line, field);
    if (!texts.ok()) return texts.status();
    *target = *std::move(texts);
  }
  auto at = ParseTypedTime("at", TextOf(line, "at"));
  if (!at.ok()) return at.status();
  question.path.at = *at;
  const auto most = line.find("max_intermediates");
  question.path.intermediates_max = kIntermediatesMax;
  if (most != line.end() && most->is_number_integer())
    question.path.intermediates_max = most->get<int>();
  const auto path_only = line.find("path_only");
  question.path_only = path_only != line.end() && path_only->is_boolean() && path_only->get<bool>();
  question.state = TextOf(line, "state");
  question.trust_domain = TextOf(line, "trust_domain");
  return question;
}

absl::StatusOr<Caller> JudgeCaller(const Question& question) {
  std::optional<RevocationSource> revocation;
  if (!question.path.crls.empty()) {
    revocation = RevocationSource{question.path.crls, absl::ZeroDuration(), question.path.at};
  }
  auto bundles = TrustBundles::Load(
      {{question.state, question.trust_domain, question.path.roots, revocation}});
  if (!bundles.ok()) return bundles.status();
  CallerVerifierOptions options;
  options.cache_entries_max = 0;
  options.intermediates_max = question.path.intermediates_max;
  const auto [leaf, rest] = LeafAndRest(question.path.chain);
  return CallerVerifier(*bundles, options).Verify(leaf, rest, question.path.at);
}

json Judge(const json& line) {
  const auto question =
      line.is_object() ? ReadQuestion(line) : Wrong("line", "must be a JSON object");
  if (!question.ok()) {
    return {{"verdict", "unreadable"}, {"message", std::string(question.status().message())}};
  }
  return question->path_only ? VerdictOf(JudgePath(question->path))
                             : VerdictOf(JudgeCaller(*question));
}

}  // namespace

ExitCode JudgeLines(std::istream& in, std::ostream& out) {
  ExitCode exit = kExitOk;
  for (std::string text; std::getline(in, text);) {
    const json line = json::parse(text, nullptr, /*allow_exceptions=*/false);
    json verdict = Judge(line);
    if (line.is_object() && line.contains("id")) verdict["id"] = line["id"];
    if (verdict["verdict"] == "unreadable") exit = kExitUsage;
    out << OneLine(verdict);
  }
  return exit;
}

}  // namespace tracegate

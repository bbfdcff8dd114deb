#include "gateway/cli/marks_commands.h"

#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "gateway/cli/marks_lines.h"
#include "gateway/cli/marks_registry.h"
#include "gateway/cli/marks_text.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

struct Typed {
  std::string text;
  std::string language = "en";
  bool jsonl = false;
  std::string registry;
  std::string queries;
  size_t top = 10;
};

absl::Status Wrong(const std::string& field, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, problem);
}

// A file, or standard input for "-".
class Input {
 public:
  absl::Status Open(const std::string& file) {
    if (file == "-") return absl::OkStatus();
    file_.open(file, std::ios::binary);
    // A folder opens, and cannot be read.
    if (!file_.is_open() || (file_.peek(), file_.bad())) return Wrong(file, "cannot be read");
    file_.clear();
    in_ = &file_;
    return absl::OkStatus();
  }
  std::istream& stream() { return *in_; }

 private:
  std::ifstream file_;
  std::istream* in_ = &std::cin;
};

absl::StatusOr<ExitCode> Read(const Typed& typed, bool json) {
  if (typed.jsonl == !typed.text.empty()) return Wrong("TEXT", "give a text, or --jsonl");
  if (typed.jsonl) return ReadWeaponLines(std::cin, std::cout, typed.language);
  const nlohmann::ordered_json explained = ExplainMarks(typed.text, typed.language);
  std::cout << (json ? explained.dump(-1, ' ', false,
                                      nlohmann::ordered_json::error_handler_t::replace) +
                           "\n"
                     : ShowMarks(explained));
  return kExitOk;
}

absl::StatusOr<ExitCode> Match(const Typed& typed) {
  if (typed.registry == "-" && typed.queries == "-")
    return Wrong("--queries", "standard input cannot be both");
  Input registry;
  Input queries;
  if (const absl::Status opened = registry.Open(typed.registry); !opened.ok()) return opened;
  if (const absl::Status opened = queries.Open(typed.queries); !opened.ok()) return opened;
  auto rows = ReadRegistry(typed.registry, registry.stream(), [](const std::string& fault) {
    std::cerr << "tracegate: " << fault << "; passed over\n";
  });
  if (!rows.ok()) return rows.status();
  const auto index = WeaponIndex::Build(*std::move(rows));
  if (!index.ok()) return index.status();
  return MatchWeaponLines(**index, typed.top, queries.stream(), std::cout);
}

}  // namespace

void AddMarksCommands(CLI::App* app, Session* session) {
  auto* marks = app->add_subcommand("marks", "Read and compare what is marked on weapons");
  marks->require_subcommand(1);
  marks->fallthrough();
  auto typed = std::make_shared<Typed>();
  // Once standard input and output are this program's alone, they need not be in step with C's.
  const auto run = [=](const std::function<absl::StatusOr<ExitCode>()>& command) {
    std::ios::sync_with_stdio(false);
    session->RunHere(command);
  };

  auto* read = marks->add_subcommand("read", "Show what is understood of a text, and why");
  read->add_option("TEXT", typed->text, "A mark, or words about a weapon, as written");
  read->add_flag("--jsonl", typed->jsonl,
                 "One weapon a line of JSON from standard input, one reading a line");
  read->add_option("--language", typed->language, "Of the findings: en, fr, es or pt");
  read->callback([=] { run([=] { return Read(*typed, session->json); }); });

  auto* match = marks->add_subcommand("match", "Find weapons again in a registry");
  match->add_option("--registry", typed->registry, "CSV: id, make, model, calibre, serial, year")
      ->required();
  match->add_option("--queries", typed->queries, "One weapon a line of JSON; - for standard input")
      ->required();
  match->add_option("--top", typed->top, "Candidates for each, at most")
      ->check(CLI::Range(1, 1000));
  match->callback([=] { run([=] { return Match(*typed); }); });
}

}  // namespace tracegate

#include "gateway/cli/trial_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gateway/cli/table.h"

namespace tracegate {
namespace {

const char* Word(Verdict::Kind kind) {
  switch (kind) {
    case Verdict::Kind::kPassed: return "passed";
    case Verdict::Kind::kFailed: return "FAILED";
    case Verdict::Kind::kSkipped: break;
  }
  return "skipped";
}

std::string Count(const std::vector<TriedCase>& tried, Verdict::Kind kind) {
  return std::to_string(std::count_if(
      tried.begin(), tried.end(), [&](const TriedCase& one) { return one.verdict.kind == kind; }));
}

// What an adapter says may hold control characters; a terminal gets none of them.
std::string Printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '.';
  }
  return text;
}

}  // namespace

std::string TrialReport(const std::string& registry, const std::vector<TriedCase>& tried) {
  Table table({"", "case", "what it proves"});
  std::string reasons;
  for (const TriedCase& one : tried) {
    table.Add({Word(one.verdict.kind), one.tried->name, one.tried->proves});
    if (one.verdict.passed()) continue;
    reasons += std::string(one.tried->name) + ": " + Word(one.verdict.kind) + ": " +
               Printable(one.verdict.why) + "\n";
  }
  return registry + "\n" + table.Text() + reasons + Count(tried, Verdict::Kind::kPassed) +
         " passed, " + Count(tried, Verdict::Kind::kFailed) + " failed, " +
         Count(tried, Verdict::Kind::kSkipped) + " skipped\n";
}

std::string TrialLines(const std::string& registry, const std::vector<TriedCase>& tried) {
  std::string lines;
  for (const TriedCase& one : tried) {
    const char* verdict =
        one.verdict.kind == Verdict::Kind::kFailed ? "failed" : Word(one.verdict.kind);
    nlohmann::ordered_json line = {{"registry", registry},
                                   {"case", one.tried->name},
                                   {"proves", one.tried->proves},
                                   {"verdict", verdict}};
    if (!one.verdict.why.empty()) line["why"] = one.verdict.why;
    lines += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  }
  return lines;
}

bool HasPassed(const std::vector<TriedCase>& tried) {
  return std::none_of(tried.begin(), tried.end(), [](const TriedCase& one) {
    return one.verdict.kind == Verdict::Kind::kFailed;
  });
}

}  // namespace tracegate

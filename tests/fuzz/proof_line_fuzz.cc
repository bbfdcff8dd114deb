// One line of `tracegate proof check --jsonl`, as a test suite or a stranger's script writes it.

#include "gateway/cli/certificate_verdict.h"
#include "gateway/cli/proof_lines.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

using nlohmann::json;

void CheckLine(std::string_view line) {
  const json verdict = JudgeProofLine(7, line);
  Require(verdict["line"] == 7, "a verdict says of which line it is");
  const bool valid = verdict["valid"].get<bool>();
  const int excuses = (verdict.contains("reason") ? 1 : 0) + (verdict.contains("error") ? 1 : 0);
  Require(excuses == (valid ? 0 : 1), "what is not valid says why, once");
  RequireText(OneLine(verdict), "a verdict is text");
  Require(json::parse(OneLine(verdict), nullptr, false) == verdict || !valid,
          "a verdict is one line of JSON");
  Require(JudgeProofLine(7, line) == verdict, "a line has one verdict");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  tracegate::CheckLine(tracegate::TextOf(bytes, size));
  return 0;
}

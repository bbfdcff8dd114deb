// One line of `tracegate marks read --jsonl`, as anybody's export writes it.

#include <sstream>

#include "gateway/cli/marks_lines.h"
#include "nlohmann/json.hpp"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  std::string line(TextOf(bytes, size));
  std::erase(line, '\n');
  std::istringstream in(line + "\n{\"id\":\"last\"}\n");
  std::ostringstream out;
  const ExitCode exit = ReadWeaponLines(in, out, "en");
  const std::string text = out.str();
  const size_t end = text.find('\n');
  Require(end != std::string::npos && text.find('\n', end + 1) == text.size() - 1,
          "each line has one line of answer");
  const auto first = nlohmann::json::parse(text.substr(0, end), nullptr, false);
  const auto last = nlohmann::json::parse(text.substr(end + 1), nullptr, false);
  Require(first.is_object() && last.is_object(), "an answer is a JSON object");
  Require(last["id"] == "last", "a line takes nothing of the next");
  Require(first.contains("error") == (exit == kExitUsage), "what cannot be read is told");
  return 0;
}

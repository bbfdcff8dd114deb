// A bundle of leaves and a bundle of contents, as somebody's export has them.

#include <sstream>
#include <string>

#include "gateway/evidence/audit/bundle.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

void Append(uint64_t number, int bytes, std::string& text) {
  while (--bytes >= 0) text += static_cast<char>(number >> 8 * bytes & 0xFF);
}

void CheckLeaves(std::string_view input) {
  std::string_view rest = input;
  std::string written;
  while (true) {
    const size_t before = rest.size();
    const auto leaf = audit::TakeLeaf(rest);
    if (!leaf.ok()) {
      Require(rest.size() == before, "what cannot be taken stays");
      RequireRefusal(leaf.status(), v1::REASON_LOG_DAMAGED);
      break;
    }
    Append(leaf->size(), 2, written);
    written += *leaf;
  }
  Require(written + std::string(rest) == input, "a bundle has one reading");
}

void CheckContents(std::string_view input) {
  std::istringstream bundle{std::string(input)};
  uint64_t left = input.size();
  std::string written;
  audit::SaltedContent item;
  while (true) {
    const absl::Status read = ReadContent(bundle, left, item);
    if (!read.ok()) {
      RequireRefusal(read, v1::REASON_LOG_DAMAGED);
      break;
    }
    Require(item.salt.empty() || item.salt.size() == 32, "a salt has 32 bytes");
    Append(item.salt.size(), 1, written);
    written += item.salt;
    Append(item.content.size(), 4, written);
    written += item.content;
    Require(written.size() + left == input.size(), "what is left is told");
  }
  Require(input.substr(0, written.size()) == written, "a bundle has one reading");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view input = tracegate::TextOf(bytes, size);
  tracegate::CheckLeaves(input);
  tracegate::CheckContents(input);
  return 0;
}

// Text as a registry stores it: one byte says in which character set, the rest is text of it.

#include "adapters/mapping/character_set.h"

#include <iterator>
#include <string>
#include <string_view>

#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

constexpr const char* kSets[] = {"windows-1251", "IBM037", "Shift_JIS", "GB18030",
                                 "Big5",         "EUC-KR", "UTF-16",    "UTF-16LE"};

void CheckText(const CharacterSet& set, std::string_view bytes) {
  const std::string text = set.Decode(bytes);
  Require(text.size() <= 4 * bytes.size(), "a byte is no more than one character");
  const auto again = set.Encode(text);
  if (again) Require(set.Decode(*again) == text, "what is written is read as the same");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  if (input.empty()) return 0;
  const auto set =
      CharacterSet::Named(kSets[static_cast<unsigned char>(input[0]) % std::size(kSets)]);
  Require(set.ok(), "the set is known");
  CheckText(*set, input.substr(1));
  return 0;
}

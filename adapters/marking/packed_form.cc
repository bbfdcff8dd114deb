#include "adapters/marking/packed_form.h"

#include <bit>

namespace tracegate {
namespace {

// Six bits a character, the first one lowest: its distance from the space, which is in no form.
constexpr int kBits = 6;
constexpr char kBase = ' ';

}  // namespace

uint64_t PackForm(std::string_view form) {
  if (form.size() > kPackedCharactersMax) return 0;
  uint64_t packed = 0;
  for (size_t i = form.size(); i-- > 0;) {
    if (form[i] <= kBase || form[i] >= kBase + (1 << kBits)) return 0;
    packed = packed << kBits | static_cast<uint64_t>(form[i] - kBase);
  }
  return packed;
}

UnpackedForm::UnpackedForm(uint64_t packed)
    : size_((static_cast<size_t>(std::bit_width(packed)) + kBits - 1) / kBits) {
  for (char& c : characters_) {
    c = static_cast<char>(kBase + (packed & ((1 << kBits) - 1)));
    packed >>= kBits;
  }
}

}  // namespace tracegate

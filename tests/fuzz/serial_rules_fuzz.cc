// The form of a maker's serials, as a person may write it into the table, held against a key.

#include "adapters/marking/serial_rules.h"

#include <algorithm>

#include "tests/fuzz/property.h"

// The pattern, a zero byte, the key.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view text = TextOf(bytes, size);
  const size_t zero = std::min(text.find('\0'), text.size());
  const std::string_view key = text.substr(std::min(zero + 1, text.size()));
  const auto pattern = SerialPattern::Parse(text.substr(0, zero));
  if (pattern.ok()) {
    const SerialPattern::Fit fit = pattern->Match(key);
    Require(fit.fits || fit.year_digits.empty(), "what does not fit tells no year");
    Require(fit.year_digits.size() + fit.letters.size() <= key.size(), "it tells what is there");
    Require(!pattern->Match("").fits, "nothing has no form");
  }
  SerialRules::Standard().Check("Glock", key, key);
  SerialRules::Standard().Check("Browning", key, key);
  (void)SerialRules::Parse(text).ok();
  return 0;
}
